import assert from 'node:assert/strict'
import type { DeleteQuery, HeaderFields, JournalId, Storage } from '@wf/core'
import { begin, commitOne, draft, factsOf, find, HEADER, HOUR, MINUTE, NAMESPACE, read, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

type Sweep = Exclude<DeleteQuery, { journal: JournalId }>

export const deleteRules: readonly StorageRule[] = [
  {
    id: 'storage.delete.by-id',
    states: 'A journal that has ended is deleted by its id: no read, list or sweep finds it again.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, run('a'), { seal: true, wakeInMs: MINUTE })
      await begin(storage, run('b'), { seal: true })
      assert.equal(await storage.delete({ journal: run('a') }), 1)
      await clock.advance(HOUR)
      const { rows } = await storage.list({ namespace: NAMESPACE, kind: 'run', limit: 100 })
      const due = await storage.due({ namespace: NAMESPACE, serves: 'all', kinds: ['run'], limit: 9, holdMs: HOUR })
      assert.deepEqual(
        { left: await left(storage, ['a', 'b']), listed: rows.map(({ journal }) => journal.id), due },
        { left: ['b'], listed: ['b'], due: [] },
      )
    },
  },
  {
    id: 'storage.delete.ended-only',
    states: 'A journal that has not ended is not deleted by its id.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'))
      assert.equal(await storage.delete({ journal: run('a') }), 0)
      assert.deepEqual(await left(storage, ['a']), ['a'])
    },
  },
  {
    id: 'storage.delete.unknown',
    states: 'Deleting what does not exist deletes nothing, and says so.',
    since: '0.1.0',
    async check({ storage }) {
      assert.equal(await storage.delete({ journal: run('never') }), 0)
    },
  },
  {
    id: 'storage.delete.later-gone',
    states: 'A commit to a deleted journal is `gone`, and does not bring it back.',
    since: '0.1.0',
    async check({ storage }) {
      const head = await begin(storage, run('a'), { seal: true })
      await storage.delete({ journal: run('a') })
      for (const base of [head, { any: head }]) {
        assert.deepEqual(await commitOne(storage, draft(run('a'), base)), { status: 'gone' })
      }
      assert.deepEqual(await left(storage, ['a']), [])
    },
  },
  {
    id: 'storage.delete.new-again',
    states: "After a deletion 'new' begins the journal again, at version 1 and with nothing of the old one.",
    since: '0.1.0',
    async check({ storage }) {
      const head = await begin(storage, run('a'), {
        entries: [{ type: 'event', fact: 'old', value: 'old' }],
        seal: true,
      })
      await storage.checkpoint({ journal: run('a'), head, state: 'old' })
      await storage.delete({ journal: run('a') })
      await begin(storage, run('a'), { entries: [{ type: 'event', fact: 'new' }] })
      const slice = await read(storage, run('a'), { fromCheckpoint: true, pick: [{ version: 1, index: 0 }] })
      assert.deepEqual(
        { version: slice.header.head.version, sealed: slice.header.sealed, picked: slice.picked },
        { version: 1, sealed: false, picked: [] },
      )
      assert.equal(slice.checkpoint, undefined, 'the old checkpoint is still there')
      assert.deepEqual(await factsOf(storage, run('a')), ['new'])
    },
  },
  {
    id: 'storage.delete.since',
    states: 'A sweep deletes what has ended and was not updated since the time that it names, and says how many.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beginEnded(storage, { a: {}, b: {} })
      await clock.advance(HOUR)
      await beginEnded(storage, { c: {} })
      const { updatedAt } = (await read(storage, run('c'))).header
      assert.equal(await sweep(storage, { endedBefore: updatedAt }), 2)
      assert.deepEqual(await left(storage, ['a', 'b', 'c']), ['c'])
    },
  },
  {
    id: 'storage.delete.sweeps-ended-only',
    states: 'A sweep leaves journals that have not ended.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, run('a'))
      await clock.advance(HOUR)
      assert.equal(await sweep(storage, { endedBefore: await timeOf(storage) }), 0)
      assert.deepEqual(await left(storage, ['a']), ['a'])
    },
  },
  {
    id: 'storage.delete.sweeps-settled-only',
    states: 'A sweep leaves journals that have ended and have a `wakeAt`: something is outstanding in them.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, run('a'), { seal: true, wakeInMs: MINUTE })
      await begin(storage, run('b'), { seal: true })
      await clock.advance(HOUR)
      assert.equal(await sweep(storage, { endedBefore: await timeOf(storage) }), 1)
      assert.deepEqual(await left(storage, ['a', 'b']), ['a'])
    },
  },
  {
    id: 'storage.delete.limit',
    states: 'A sweep deletes at most as many as it was told to; the next one goes on.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beginEnded(storage, { a: {}, b: {}, c: {} })
      await clock.advance(HOUR)
      const endedBefore = await timeOf(storage)
      const deleted = [await sweep(storage, { endedBefore, limit: 2 })]
      assert.equal((await left(storage, ['a', 'b', 'c'])).length, 1)
      deleted.push(await sweep(storage, { endedBefore, limit: 2 }))
      assert.deepEqual(deleted, [2, 1])
    },
  },
  {
    id: 'storage.delete.by-workflow',
    states: 'A sweep of one workflow leaves the others.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beginEnded(storage, { a: {}, b: { workflowId: 'invoice' } })
      await clock.advance(HOUR)
      await sweep(storage, { endedBefore: await timeOf(storage), workflowId: 'invoice' })
      assert.deepEqual(await left(storage, ['a', 'b']), ['a'])
    },
  },
  {
    id: 'storage.delete.by-status',
    states: 'A sweep of some statuses leaves the others.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beginEnded(storage, { a: {}, b: { status: 'failed' }, c: { status: 'success' } })
      await clock.advance(HOUR)
      await sweep(storage, { endedBefore: await timeOf(storage), status: ['failed', 'success'] })
      assert.deepEqual(await left(storage, ['a', 'b', 'c']), ['a'])
    },
  },
  {
    id: 'storage.delete.own-shelf',
    states: 'A sweep leaves other namespaces and other kinds.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const others = [run('a', 'elsewhere'), { ...run('a'), kind: 'mailbox' as const }]
      for (const journal of others) await begin(storage, journal, { seal: true })
      await clock.advance(HOUR)
      assert.equal(await sweep(storage, { endedBefore: await timeOf(storage) }), 0)
      for (const journal of others) assert.ok(await find(storage, { journal }), `${JSON.stringify(journal)} is gone`)
    },
  },
]

function sweep(storage: Storage, more: Pick<Sweep, 'endedBefore'> & Partial<Sweep>): Promise<number> {
  return storage.delete({ namespace: NAMESPACE, kind: 'run', limit: 100, ...more })
}

async function timeOf(storage: Storage): Promise<number> {
  return (await storage.renew({ session: 'sweeper', ttlMs: HOUR, ask: [] })).now
}

async function left(storage: Storage, ids: readonly string[]): Promise<string[]> {
  const slices = await storage.load(ids.map((id) => ({ journal: run(id) })))
  return ids.filter((_, index) => slices[index] !== undefined)
}

async function beginEnded(storage: Storage, journals: Record<string, Partial<HeaderFields>>): Promise<void> {
  for (const [id, fields] of Object.entries(journals)) {
    await begin(storage, run(id), { header: { ...HEADER, ...fields }, seal: true })
  }
}
