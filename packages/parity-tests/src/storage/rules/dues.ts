import assert from 'node:assert/strict'
import type { DueJournal, DueQuery, Storage } from '@wf/core'
import { begin, draft, factsOf, HEADER, HOUR, item, landOne, MINUTE, NAMESPACE, read, run, sorted } from '../given.js'
import type { StorageContext } from '../storage-context.js'
import type { StorageRule } from '../storage-rule.js'

export const dueRules: readonly StorageRule[] = [
  {
    id: 'storage.due.hands-out',
    states: 'A journal whose `wakeAt` has come is handed out with its head, its header and the time.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const head = await begin(storage, run('a'), { wakeInMs: MINUTE })
      const { wakeAt } = (await read(storage, run('a'))).header
      await clock.advance(2 * MINUTE)
      const handed = await due(storage)
      assert.equal(handed.length, 1, 'it was not handed out')
      const { journal, head: seen, header, now } = item(handed, 0)
      assert.deepEqual({ journal, head: seen, status: header.status }, { journal: run('a'), head, status: 'running' })
      assert.deepEqual(header.head, head)
      assert.ok(wakeAt !== null && now >= wakeAt, 'it was handed out before its time')
    },
  },
  {
    id: 'storage.due.not-early',
    states: 'A journal is not handed out before its `wakeAt`.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, run('a'), { wakeInMs: HOUR })
      await clock.advance(45 * MINUTE)
      assert.deepEqual(idsOf(await due(storage)), [])
    },
  },
  {
    id: 'storage.due.oldest-first',
    states: 'What has waited longest is handed out first.',
    since: '0.1.0',
    async check({ storage, clock }) {
      for (const [id, minutes] of [['b', 2] as const, ['d', 4] as const, ['a', 1] as const, ['c', 3] as const]) {
        await begin(storage, run(id), { wakeInMs: minutes * MINUTE })
      }
      await clock.advance(HOUR)
      assert.deepEqual(idsOf(await due(storage, { limit: 3 })), ['a', 'b', 'c'])
    },
  },
  {
    id: 'storage.due.limit',
    states: 'No more journals are handed out than were asked for; the others stay due.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beginDue({ storage, clock }, ['a', 'b', 'c'])
      const first = idsOf(await due(storage, { limit: 2 }))
      assert.equal(first.length, 2)
      assert.deepEqual(sorted([...first, ...idsOf(await due(storage, { limit: 2 }))]), ['a', 'b', 'c'])
    },
  },
  {
    id: 'storage.due.hold',
    states: 'What was handed out is held: its `wakeAt` moves to now + `holdMs`, and until then nobody else gets it.',
    since: '0.1.0',
    async check({ storage, clock, peer }) {
      await beginDue({ storage, clock }, ['a'])
      const { now } = item(await due(storage, { holdMs: HOUR }), 0)
      assert.equal((await read(storage, run('a'))).header.wakeAt, now + HOUR, 'its `wakeAt` is another one')
      await clock.advance(20 * MINUTE)
      assert.deepEqual(idsOf(await due(await peer())), [], 'it was handed out a second time')
    },
  },
  {
    id: 'storage.due.comes-again',
    states: 'After the hold a journal that nobody has committed to is due again.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beginDue({ storage, clock }, ['a'])
      await due(storage, { holdMs: HOUR })
      await clock.advance(2 * HOUR)
      assert.deepEqual(idsOf(await due(storage)), ['a'])
    },
  },
  {
    id: 'storage.due.commit-counts',
    states: 'A commit during the hold sets the wake-up anew.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const head = await begin(storage, run('a'), { wakeInMs: MINUTE })
      await clock.advance(HOUR)
      assert.deepEqual(idsOf(await due(storage, { holdMs: 10 * HOUR })), ['a'])
      await landOne(storage, draft(run('a'), head, { wakeInMs: MINUTE }))
      await clock.advance(HOUR)
      assert.deepEqual(idsOf(await due(storage)), ['a'])
    },
  },
  {
    id: 'storage.due.one-caller',
    states: 'Of many callers at once no two are handed the same journal, and together they get all.',
    since: '0.1.0',
    async check({ storage, clock, peer }) {
      const ids = Array.from({ length: 20 }, (_, index) => `run ${index}`)
      await beginDue({ storage, clock }, ids)
      const callers = [storage, await peer()]
      const calls = Array.from({ length: 10 }, (_, index) => due(item(callers, index % 2), { limit: 4 }))
      const handed = (await Promise.all(calls)).flat()
      // Callers that meet may leave something to the next sweep, but never share it.
      const rest = await due(storage)
      assert.deepEqual(sorted(idsOf([...handed, ...rest])), sorted(ids))
    },
  },
  {
    id: 'storage.due.moves-nothing-else',
    states: 'Handing out changes neither the journal nor its head nor when it was updated.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const head = await begin(storage, run('a'), { wakeInMs: MINUTE })
      const before = await read(storage, run('a'))
      await clock.advance(HOUR)
      await due(storage)
      const after = await read(storage, run('a'))
      const { wakeAt } = before.header
      assert.deepEqual({ ...after, header: { ...after.header, wakeAt } }, before)
      await landOne(storage, draft(run('a'), head))
      assert.equal((await factsOf(storage, run('a'))).length, 2)
    },
  },
  {
    id: 'storage.due.serves-workflow',
    states: 'Only journals of the workflows that the caller serves are handed out.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beginServed({ storage, clock })
      const serves = [{ workflowId: 'order' }, { workflowId: 'unheard-of' }]
      assert.deepEqual(sorted(idsOf(await due(storage, { serves }))), ['order 1', 'order 2'])
    },
  },
  {
    id: 'storage.due.serves-graph',
    states: 'When the caller names a graph, only journals of that graph are handed out.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beginServed({ storage, clock })
      const serves = [
        { workflowId: 'order', graphHash: 'graph-2' },
        { workflowId: 'invoice', graphHash: 'graph-2' },
      ]
      assert.deepEqual(idsOf(await due(storage, { serves })), ['order 2'])
    },
  },
  {
    id: 'storage.due.serves-changed',
    states: 'What counts for a caller is the workflow and the graph that the last commit gave.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const base = await begin(storage, run('a'), { wakeInMs: MINUTE })
      await landOne(storage, draft(run('a'), base, { header: { graphHash: 'graph-9' } }))
      await clock.advance(HOUR)
      const before = await due(storage, { serves: [{ workflowId: 'order', graphHash: 'graph-1' }] })
      const after = await due(storage, { serves: [{ workflowId: 'order', graphHash: 'graph-9' }] })
      assert.deepEqual([idsOf(before), idsOf(after)], [[], ['a']])
    },
  },
  {
    id: 'storage.due.serves-nothing',
    states: 'Who serves nothing is handed nothing.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beginDue({ storage, clock }, ['a'])
      assert.deepEqual(idsOf(await due(storage, { serves: [] })), [])
    },
  },
  {
    id: 'storage.due.namespace',
    states: 'Only journals of the namespace asked for are handed out.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, run('foreign', 'elsewhere'), { wakeInMs: MINUTE })
      await beginDue({ storage, clock }, ['own'])
      assert.deepEqual(idsOf(await due(storage)), ['own'])
    },
  },
  {
    id: 'storage.due.kinds',
    states: 'Only journals of the kinds asked for are handed out.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, { ...run('letters'), kind: 'mailbox' }, { wakeInMs: MINUTE })
      await beginDue({ storage, clock }, ['own'])
      assert.deepEqual(idsOf(await due(storage)), ['own'])
      assert.deepEqual(idsOf(await due(storage, { kinds: ['run', 'mailbox'] })), ['letters'])
    },
  },
  {
    id: 'storage.due.ended',
    states: 'A journal that has ended is handed out too when it has a wake-up.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, run('a'), { wakeInMs: MINUTE, seal: true })
      await clock.advance(HOUR)
      assert.deepEqual(idsOf(await due(storage)), ['a'])
    },
  },
]

function due(storage: Storage, more: Partial<DueQuery> = {}): Promise<readonly DueJournal[]> {
  return storage.due({ namespace: NAMESPACE, serves: 'all', kinds: ['run'], limit: 100, holdMs: HOUR, ...more })
}

function idsOf(handed: readonly DueJournal[]): string[] {
  return handed.map(({ journal }) => journal.id)
}

type Timed = Pick<StorageContext, 'storage' | 'clock'>

async function beginDue({ storage, clock }: Timed, ids: readonly string[]): Promise<void> {
  for (const id of ids) await begin(storage, run(id), { wakeInMs: MINUTE })
  await clock.advance(HOUR)
}

async function beginServed({ storage, clock }: Timed): Promise<void> {
  for (const [id, workflowId, graphHash] of [
    ['order 1', 'order', 'graph-1'],
    ['order 2', 'order', 'graph-2'],
    ['invoice 1', 'invoice', 'graph-1'],
  ] as const) {
    await begin(storage, run(id), { wakeInMs: MINUTE, header: { ...HEADER, workflowId, graphHash } })
  }
  await clock.advance(HOUR)
}
