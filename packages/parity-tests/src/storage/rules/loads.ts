import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import type { Slice, Storage } from '@wf/core'
import { begin, beginWith, draft, landOne, read, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const loadRules: readonly StorageRule[] = [
  {
    id: 'storage.load.after',
    states: 'A read begins after the version that it names.',
    since: '0.1.0',
    async check({ storage }) {
      await beginWith(storage, run('a'), 4)
      const seen = []
      for (const after of [0, 2, 4, 9]) seen.push(versions(await read(storage, run('a'), { after })))
      assert.deepEqual(seen, [[1, 2, 3, 4], [3, 4], [], []])
    },
  },
  {
    id: 'storage.load.limit',
    states: 'A read brings at most as many commits as it asks for, the oldest, and says whether there are more.',
    since: '0.1.0',
    async check({ storage }) {
      await beginWith(storage, run('a'), 3)
      const seen = []
      for (const [after, limit] of [[0, 2] as const, [2, 2] as const, [1, 2] as const]) {
        const slice = await read(storage, run('a'), { after, limit })
        seen.push([versions(slice), slice.more])
      }
      assert.deepEqual(seen, [
        [[1, 2], true],
        [[3], false],
        [[2, 3], false],
      ])
    },
  },
  {
    id: 'storage.load.unknown',
    states: 'A journal that does not exist is answered with `undefined`, in its place.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'))
      const answers = await storage.load([run('x'), run('a'), run('y')].map((journal) => ({ journal })))
      assert.deepEqual(
        answers.map((slice) => slice?.header.journal.id),
        [undefined, 'a', undefined],
      )
    },
  },
  {
    id: 'storage.load.answers-in-order',
    states: 'The answers to a call come in the order of its reads, also when a journal is read twice.',
    since: '0.1.0',
    async check({ storage }) {
      for (const id of ['a', 'b', 'c']) await begin(storage, run(id))
      const answers = await storage.load([
        { journal: run('c') },
        { journal: run('a') },
        { journal: run('c'), after: 1 },
        { journal: run('b') },
      ])
      assert.deepEqual(
        answers.map((slice) => [slice?.header.journal.id, slice?.commits.length]),
        [
          ['c', 1],
          ['a', 1],
          ['c', 0],
          ['b', 1],
        ],
      )
    },
  },
  {
    id: 'storage.load.at-least',
    states: 'A read that names a version which exists is answered with at least that.',
    since: '0.1.0',
    async check({ storage, peer }) {
      const reader = await peer()
      let head = await begin(storage, run('a'))
      for (let count = 0; count < 10; count += 1) {
        head = (await landOne(storage, draft(run('a'), head))).head
        const slice = await read(reader, run('a'), { atLeast: head.version })
        assert.equal(versions(slice).at(-1), head.version, 'the answer is older')
      }
    },
  },
  {
    id: 'storage.load.at-least-beyond',
    states: 'A read that names a version which does not exist is answered with what there is.',
    since: '0.1.0',
    async check({ storage }) {
      await beginWith(storage, run('a'), 2)
      for (const atLeast of [3, Number.MAX_SAFE_INTEGER]) {
        const [known, unknown] = await storage.load([
          { journal: run('a'), atLeast },
          { journal: run('x'), atLeast },
        ])
        assert.deepEqual(known && versions(known), [1, 2])
        assert.equal(unknown, undefined, 'a journal that does not exist has come about')
      }
    },
  },
  {
    id: 'storage.load.prefix',
    states:
      'Whoever reads while others write sees a prefix of the history without holes, and the header that goes with it.',
    since: '0.1.0',
    async check({ storage, peer }) {
      const reader = await peer()
      const first = await begin(storage, run('a'))
      let writing = true
      const written = write(storage, first).finally(() => {
        writing = false
      })
      const seen: Slice[] = []
      while (writing) {
        seen.push(await read(reader, run('a')))
        await setImmediate()
      }
      await written
      for (const slice of seen) {
        const expected = Array.from({ length: slice.header.head.version }, (_, index) => index + 1)
        assert.deepEqual(versions(slice), expected, 'the commits are not those that lead to the head')
        assert.equal(slice.commits.at(-1)?.commitId, slice.header.head.commitId, 'the head is of another history')
      }
    },
  },
]

async function write(storage: Storage, first: Slice['header']['head']): Promise<void> {
  let head = first
  for (let count = 0; count < 40; count += 1) {
    head = (await landOne(storage, draft(run('a'), head))).head
    // A storage in memory would otherwise be written to the end before anybody has read.
    await setImmediate()
  }
}

function versions({ commits }: Slice): number[] {
  return commits.map(({ version }) => version)
}
