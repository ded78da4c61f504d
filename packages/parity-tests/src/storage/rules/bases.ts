import assert from 'node:assert/strict'
import { type Committed, type Entry, ORIGIN, type StoredCommit } from '@wf/core'
import {
  begin,
  beginWith,
  commitOne,
  draft,
  factsOf,
  find,
  HEADER,
  item,
  landOne,
  read,
  refused,
  run,
} from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const baseRules: readonly StorageRule[] = [
  {
    id: 'storage.base.stale-reports-missed',
    states: 'A commit based on an older head is answered with `stale`, the head, and every commit since, complete.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'))
      const written = [
        draft(run('a'), 'new', { entries: [fact('one', 'text'), fact('two')] }),
        draft(run('a'), 'new', { entries: [] }),
        draft(run('a'), 'new', { entries: [fact('three', Uint8Array.of(1, 2)), { type: 'chunk', fact: 'four' }] }),
      ]
      let head = base
      for (const commit of written) head = (await landOne(storage, { ...commit, base: head })).head
      const answer = await commitOne(storage, draft(run('a'), base))
      assert.equal(answer.status, 'stale')
      assert.deepEqual('head' in answer && answer.head, head)
      assert.deepEqual(
        missedOf(answer).map(({ version, commitId, entries }) => ({ version, commitId, entries: entries.map(bare) })),
        written.map(({ commitId, entries }, index) => ({ version: index + 2, commitId, entries: entries.map(bare) })),
        'what was missed is not complete',
      )
      for (const [index, { entries, at }] of missedOf(answer).entries()) {
        assert.ok(Number.isFinite(at), 'a missed commit has no time')
        for (const [place, { value }] of entries.entries()) {
          // Values need not be brought; those that are brought are the right ones.
          if (value !== undefined) assert.deepEqual(value, item(item(written, index).entries, place).value)
        }
      }
    },
  },
  {
    id: 'storage.base.stale-writes-nothing',
    states: 'A stale commit is not written.',
    since: '0.1.0',
    async check({ storage }) {
      const heads = await beginWith(storage, run('a'), 3)
      const before = await factsOf(storage, run('a'))
      assert.equal((await commitOne(storage, draft(run('a'), item(heads, 0)))).status, 'stale')
      assert.deepEqual(await factsOf(storage, run('a')), before, 'it was written')
    },
  },
  {
    id: 'storage.base.commit-id-counts',
    states: 'A base with the right version and a foreign commit id is `diverged`: it was read from a forked history.',
    since: '0.1.0',
    async check({ storage }) {
      await beginWith(storage, run('a'), 2)
      const before = await factsOf(storage, run('a'))
      const answer = await commitOne(storage, draft(run('a'), { version: 2, commitId: 'foreign' }))
      assert.deepEqual(answer, { status: 'diverged' })
      assert.deepEqual(await factsOf(storage, run('a')), before, 'it was written')
    },
  },
  {
    id: 'storage.base.foreign-older',
    states: 'A base with an older version and a foreign commit id is `diverged`, not `stale`.',
    since: '0.1.0',
    async check({ storage }) {
      await beginWith(storage, run('a'), 3)
      const answer = await commitOne(storage, draft(run('a'), { version: 2, commitId: 'foreign' }))
      assert.deepEqual(answer, { status: 'diverged' })
    },
  },
  {
    id: 'storage.base.ahead',
    states: 'A base beyond the head is `diverged`: the history that it was read from has been lost.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'))
      for (const base of [{ version: 5, commitId: 'lost' }, { any: { version: 5, commitId: 'lost' } }]) {
        assert.deepEqual(await commitOne(storage, draft(run('a'), base)), { status: 'diverged' })
      }
    },
  },
  {
    id: 'storage.base.any-foreign',
    states: 'A commit based on nothing that names a foreign head is `diverged`, because what it missed cannot be told.',
    since: '0.1.0',
    async check({ storage }) {
      await beginWith(storage, run('a'), 2)
      const before = await factsOf(storage, run('a'))
      for (const version of [1, 2]) {
        const answer = await commitOne(storage, draft(run('a'), { any: { version, commitId: 'foreign' } }))
        assert.deepEqual(answer, { status: 'diverged' })
      }
      assert.deepEqual(await factsOf(storage, run('a')), before, 'it was written')
    },
  },
  {
    id: 'storage.base.gone',
    states: 'A commit that names a head of a journal that does not exist is `gone`, and creates nothing.',
    since: '0.1.0',
    async check({ storage }) {
      const head = { version: 1, commitId: 'x' }
      for (const base of [head, { any: head }]) {
        const answer = await commitOne(storage, draft(run('never'), base, { header: HEADER }))
        assert.deepEqual(answer, { status: 'gone' })
      }
      assert.equal(await find(storage, { journal: run('never') }), undefined, 'the journal was created')
    },
  },
  {
    id: 'storage.base.any-lands-last',
    states:
      'A commit based on nothing lands after whatever is there, and what landed since the head it names is missed.',
    since: '0.1.0',
    async check({ storage }) {
      const heads = await beginWith(storage, run('a'), 3)
      const { head, missed } = await landOne(storage, draft(run('a'), { any: item(heads, 0) }))
      assert.equal(head.version, 4)
      assert.deepEqual(missed.map(headOf), heads.slice(1))
      assert.deepEqual((await read(storage, run('a'))).header.head, head)
    },
  },
  {
    id: 'storage.base.any-origin-creates',
    states: 'A commit based on nothing that names the origin begins the journal when there is none.',
    since: '0.1.0',
    async check({ storage }) {
      const { head, missed } = await landOne(storage, draft(run('a'), { any: ORIGIN }, { header: HEADER }))
      assert.deepEqual([head.version, missed], [1, []])
    },
  },
  {
    id: 'storage.base.any-origin-needs-header',
    states:
      'A commit that names the origin of a journal that does not exist is refused with WF_INVALID_OPTION unless it brings a whole header.',
    since: '0.1.0',
    async check({ storage }) {
      for (const header of [{}, { header: { status: 'running' } }]) {
        const commit = draft(run('a'), { any: ORIGIN }, header)
        await refused(() => storage.commit([commit]), 'WF_INVALID_OPTION', 'a first commit without a whole header')
      }
      assert.equal(await find(storage, { journal: run('a') }), undefined, 'the journal was created')
    },
  },
  {
    id: 'storage.base.any-origin-joins',
    states: 'A commit based on nothing that names the origin lands in a journal that is there, and missed all of it.',
    since: '0.1.0',
    async check({ storage }) {
      const heads = await beginWith(storage, run('a'), 2)
      const { head, missed } = await landOne(storage, draft(run('a'), { any: ORIGIN }))
      assert.equal(head.version, 3)
      assert.deepEqual(missed.map(headOf), heads)
    },
  },
  {
    id: 'storage.base.origin',
    states:
      'A commit based on the origin begins the journal when there is none; otherwise it is stale and missed all of it.',
    since: '0.1.0',
    async check({ storage }) {
      const { head } = await landOne(storage, draft(run('a'), ORIGIN, { header: HEADER }))
      assert.equal(head.version, 1)
      const answer = await commitOne(storage, draft(run('a'), ORIGIN, { header: HEADER }))
      assert.equal(answer.status, 'stale')
      assert.deepEqual(missedOf(answer).map(headOf), [head])
    },
  },
  {
    id: 'storage.base.new-needs-header',
    states: "A commit based on 'new' is refused with WF_INVALID_OPTION unless it brings a whole header.",
    since: '0.1.0',
    async check({ storage }) {
      const { resourceId: _, ...incomplete } = HEADER
      const commit = draft(run('a'), 'new', { header: incomplete })
      await refused(() => storage.commit([commit]), 'WF_INVALID_OPTION', 'a first commit without a resource')
    },
  },
]

function fact(text: string, value?: Entry['value']): Entry {
  return value === undefined ? { type: 'event', fact: text } : { type: 'event', fact: text, value }
}

function bare({ type, fact: text }: Entry): Entry {
  return { type, fact: text }
}

function headOf({ version, commitId }: StoredCommit): { version: number; commitId: string } {
  return { version, commitId }
}

function missedOf(answer: Committed): readonly StoredCommit[] {
  return 'missed' in answer ? answer.missed : []
}
