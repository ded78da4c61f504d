import assert from 'node:assert/strict'
import type { Commit, Committed, Storage } from '@wf/core'
import { begin, commitOne, draft, event, factsOf, item, landOne, read, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const repeatRules: readonly StorageRule[] = [
  {
    id: 'storage.repeat.based',
    states: 'Repeating a commit that was based on a head returns its first answer and writes nothing.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'))
      await answersTheSame(storage, draft(run('a'), base))
    },
  },
  {
    id: 'storage.repeat.new',
    states: "Repeating a commit that was based on 'new' returns its first answer, not `exists`.",
    since: '0.1.0',
    async check({ storage }) {
      await answersTheSame(storage, draft(run('a'), 'new'))
    },
  },
  {
    id: 'storage.repeat.any',
    states: 'Repeating a commit that was based on nothing returns its first answer, with what it missed then.',
    since: '0.1.0',
    async check({ storage }) {
      const given = await begin(storage, run('a'))
      await landOne(storage, draft(run('a'), given))
      await answersTheSame(storage, draft(run('a'), { any: given }))
    },
  },
  {
    id: 'storage.repeat.after-others',
    states: 'The first answer is returned also when other commits have landed since.',
    since: '0.1.0',
    async check({ storage }) {
      const given = await begin(storage, run('a'))
      const commit = draft(run('a'), { any: given })
      const first = await landOne(storage, commit)
      await landOne(storage, draft(run('a'), first.head))
      assert.deepEqual(essence(await commitOne(storage, commit)), essence(first))
    },
  },
  {
    id: 'storage.repeat.sealed',
    states: 'Repeating the commit that ended a journal returns its first answer, not `sealed`.',
    since: '0.1.0',
    async check({ storage }) {
      const given = await begin(storage, run('a'))
      const commit = draft(run('a'), { any: given }, { seal: true })
      const first = await landOne(storage, commit)
      assert.deepEqual(essence(await commitOne(storage, commit)), essence(first))
    },
  },
  {
    id: 'storage.repeat.applies-once',
    states: 'What a commit changes in the header is not changed again when it is repeated.',
    since: '0.1.0',
    async check({ storage }) {
      const given = await begin(storage, run('a'))
      const commit = draft(run('a'), { any: given }, { header: { status: 'waiting' } })
      const first = await landOne(storage, commit)
      await landOne(storage, draft(run('a'), first.head, { header: { status: 'running' } }))
      await commitOne(storage, commit)
      assert.equal((await read(storage, run('a'))).header.status, 'running')
    },
  },
  {
    id: 'storage.repeat.at-once',
    states: 'A commit that is sent many times at once lands once, and every sender gets the same answer.',
    since: '0.1.0',
    async check({ storage, peer }) {
      const given = await begin(storage, run('a'), { entries: [event('begun')] })
      const commit = draft(run('a'), { any: given }, { entries: [event('once')] })
      const senders = [storage, await peer()]
      const sent = Array.from({ length: 20 }, (_, index) => commitOne(item(senders, index % 2), commit))
      const [first, ...others] = (await Promise.all(sent)).map(essence)
      for (const other of others) assert.deepEqual(other, first, 'two senders were told different things')
      assert.deepEqual(await factsOf(storage, run('a')), ['begun', 'once'])
    },
  },
  {
    id: 'storage.repeat.same-call',
    states: 'A commit that stands twice in one call lands once.',
    since: '0.1.0',
    async check({ storage }) {
      const given = await begin(storage, run('a'))
      const commit = draft(run('a'), { any: given })
      const answers = await storage.commit([commit, commit])
      assert.deepEqual(essence(item(answers, 1)), essence(item(answers, 0)))
      assert.equal((await factsOf(storage, run('a'))).length, 2)
    },
  },
  {
    id: 'storage.repeat.refused-again',
    states: 'A commit that was refused is refused again when it is repeated: its id alone does not make it land.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'))
      await landOne(storage, draft(run('a'), base))
      const late = draft(run('a'), base)
      for (const time of ['the first time', 'the second time']) {
        assert.equal((await commitOne(storage, late)).status, 'stale', time)
      }
    },
  },
  {
    id: 'storage.repeat.only-by-id',
    states: 'Two commits of the same content under different ids are two commits.',
    since: '0.1.0',
    async check({ storage }) {
      const given = await begin(storage, run('a'), { entries: [event('begun')] })
      for (const commitId of ['one', 'other']) {
        await landOne(storage, draft(run('a'), { any: given }, { commitId, entries: [event('equal')] }))
      }
      assert.deepEqual(await factsOf(storage, run('a')), ['begun', 'equal', 'equal'])
    },
  },
  {
    id: 'storage.repeat.own-journal',
    states: 'Equal commit ids in two journals are two commits, not a repetition.',
    since: '0.1.0',
    async check({ storage }) {
      for (const id of ['a', 'b']) {
        const { head } = await landOne(storage, draft(run(id), 'new', { commitId: 'equal', entries: [event(id)] }))
        assert.deepEqual(head, { version: 1, commitId: 'equal' })
      }
      assert.deepEqual(await factsOf(storage, run('b')), ['b'], 'the second journal')
    },
  },
]

async function answersTheSame(storage: Storage, commit: Commit): Promise<void> {
  const first = await landOne(storage, commit)
  const before = await factsOf(storage, commit.journal)
  assert.deepEqual(essence(await commitOne(storage, commit)), essence(first), 'the second answer is another one')
  assert.deepEqual(await factsOf(storage, commit.journal), before, 'it was written twice')
}

function essence(answer: Committed): object {
  if (answer.status !== 'committed') return answer
  const { status, head, at, missed } = answer
  return { status, head, at, missed: missed.map(({ version, commitId }) => ({ version, commitId })) }
}
