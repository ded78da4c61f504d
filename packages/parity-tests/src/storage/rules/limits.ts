import assert from 'node:assert/strict'
import type { HeaderFields, Storage } from '@wf/core'
import { begin, beginWith, HEADER, HOUR, MINUTE, NAMESPACE, read, run, sorted } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

const EVERYTHING = { namespace: NAMESPACE, kind: 'run' } as const
const DUE = { namespace: NAMESPACE, kinds: ['run'], holdMs: HOUR } as const

export const limitRules: readonly StorageRule[] = [
  {
    id: 'storage.load.limit-none',
    states: 'A read with a limit of 0 brings no commits.',
    since: '0.1.0',
    async check({ storage }) {
      await beginWith(storage, run('a'), 2)
      assert.deepEqual((await read(storage, run('a'), { limit: 0 })).commits, [])
    },
  },
  {
    id: 'storage.list.limit-none',
    states: 'A list with a limit of 0 has no rows.',
    since: '0.1.0',
    async check({ storage }) {
      await beginThese(storage, { a: {}, b: {} })
      assert.deepEqual((await storage.list({ ...EVERYTHING, limit: 0 })).rows, [])
    },
  },
  {
    id: 'storage.due.limit-none',
    states: 'Who asks for 0 journals is handed none.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, run('a'), { wakeInMs: MINUTE })
      await clock.advance(HOUR)
      assert.deepEqual(await storage.due({ ...DUE, serves: 'all', limit: 0 }), [])
    },
  },
  {
    id: 'storage.delete.limit-none',
    states: 'A sweep with a limit of 0 deletes nothing.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, run('a'), { seal: true })
      await clock.advance(HOUR)
      assert.equal(await storage.delete({ ...EVERYTHING, endedBefore: await timeOf(storage), limit: 0 }), 0)
    },
  },
  {
    id: 'storage.list.limit-of-matching',
    states: 'The limit of a list counts rows that match: what does not match takes nothing from a page.',
    since: '0.1.0',
    async check({ storage }) {
      const failed = { status: 'failed' }
      await beginThese(storage, { a: failed, b: {}, c: {}, d: failed, e: {}, f: {}, g: failed, h: {} })
      const query = { ...EVERYTHING, status: ['failed'], limit: 2 }
      const first = await storage.list(query)
      assert.deepEqual([first.rows.length, first.next !== undefined], [2, true], 'the first page')
      const second = await storage.list({ ...query, ...(first.next !== undefined && { cursor: first.next }) })
      assert.equal(second.rows.length, 1, 'the second page')
      const ids = [...first.rows, ...second.rows].map(({ journal }) => journal.id)
      assert.deepEqual(sorted(ids), ['a', 'd', 'g'])
    },
  },
  {
    id: 'storage.due.limit-of-served',
    states:
      'The limit of a sweep counts what its caller serves: what waits for others, however long, takes nothing from it.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const others = { workflowId: 'invoice' }
      await beginThese(storage, { a: others, b: others, c: others }, MINUTE)
      await beginThese(storage, { d: {}, e: {} }, 2 * MINUTE)
      await clock.advance(HOUR)
      const serves = ['order', 'unheard-of'].map((workflowId) => ({ workflowId, graphHash: 'graph-1' }))
      const handed = await storage.due({ ...DUE, serves, limit: 2 })
      assert.deepEqual(sorted(handed.map(({ journal }) => journal.id)), ['d', 'e'])
    },
  },
  {
    id: 'storage.delete.limit-of-matching',
    states: 'The limit of a deleting sweep counts what it may delete: what it leaves takes nothing from it.',
    since: '0.1.0',
    async check({ storage, clock }) {
      for (const id of ['a', 'b', 'd', 'f']) await begin(storage, run(id), { seal: true })
      const header = { ...HEADER, status: 'success' }
      await begin(storage, run('e'), { seal: true, header })
      await clock.advance(MINUTE)
      const sweep = { ...EVERYTHING, status: ['success'], endedBefore: await timeOf(storage), limit: 1 }
      assert.equal(await storage.delete(sweep), 1)
    },
  },
]

async function beginThese(
  storage: Storage,
  journals: Record<string, Partial<HeaderFields>>,
  wakeInMs?: number,
): Promise<void> {
  for (const [id, fields] of Object.entries(journals)) {
    await begin(storage, run(id), { header: { ...HEADER, ...fields }, ...(wakeInMs !== undefined && { wakeInMs }) })
  }
}

async function timeOf(storage: Storage): Promise<number> {
  return (await storage.renew({ session: 'sweeper', ttlMs: HOUR, ask: [] })).now
}
