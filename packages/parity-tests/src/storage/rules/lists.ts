import assert from 'node:assert/strict'
import type { HeaderFields, ListPage, ListQuery, Storage } from '@wf/core'
import { begin, draft, HEADER, HOUR, item, MINUTE, NAMESPACE, read, refused, run, sorted } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const listRules: readonly StorageRule[] = [
  {
    id: 'storage.list.newest-first',
    states: 'What was created last stands first.',
    since: '0.1.0',
    async check({ storage, clock }) {
      for (const id of ['b', 'c', 'a']) {
        await begin(storage, run(id))
        await clock.advance(MINUTE)
      }
      assert.deepEqual(idsOf(await list(storage)), ['a', 'c', 'b'])
    },
  },
  {
    id: 'storage.list.same-moment',
    states: 'Of journals that were created in the same millisecond the greater id stands first.',
    since: '0.1.0',
    async check({ storage }) {
      await storage.commit(['a', 'd', 'b', 'c'].map((id) => draft(run(id), 'new')))
      const { rows } = await list(storage)
      const order = [...rows].sort((one, other) =>
        one.createdAt === other.createdAt
          ? Number(one.journal.id < other.journal.id) - 0.5
          : other.createdAt - one.createdAt,
      )
      assert.deepEqual(
        rows.map(({ journal }) => journal.id),
        order.map(({ journal }) => journal.id),
      )
    },
  },
  {
    id: 'storage.list.pages',
    states: 'Pages follow one another without gap or double, and the last one has no `next`.',
    since: '0.1.0',
    async check({ storage }) {
      const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
      for (const id of ids) await begin(storage, run(id))
      const pages = []
      let page = await list(storage, { limit: 3 })
      pages.push(page)
      while (page.next !== undefined && pages.length < 9) {
        page = await list(storage, { limit: 3, cursor: page.next })
        pages.push(page)
      }
      assert.deepEqual(
        pages.map(({ rows }) => rows.length),
        [3, 3, 1],
      )
      assert.deepEqual(sorted(pages.flatMap(idsOf)), ids)
    },
  },
  {
    id: 'storage.list.stable-cursor',
    states: 'A cursor goes on behind its last row, also when that row is gone and newer ones have come.',
    since: '0.1.0',
    async check({ storage, clock }) {
      for (const id of ['a', 'b', 'c', 'd']) {
        await begin(storage, run(id), { seal: true })
        await clock.advance(MINUTE)
      }
      const { rows, next } = await list(storage, { limit: 2 })
      assert.deepEqual(sorted(rows.map(({ journal }) => journal.id)), ['c', 'd'])
      assert.ok(next !== undefined, 'there is no next page')
      for (const id of ['e', 'f']) await begin(storage, run(id))
      await storage.delete({ journal: run('c') })
      assert.deepEqual(sorted(idsOf(await list(storage, { limit: 2, cursor: next }))), ['a', 'b'])
    },
  },
  {
    id: 'storage.list.bad-cursor',
    states: 'A cursor that no list has answered with is refused with WF_INVALID_OPTION.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'))
      for (const cursor of ['', 'nonsense', '{}', '[]', "' or 1=1 --"]) {
        await refused(() => list(storage, { cursor }), 'WF_INVALID_OPTION', `the cursor ${JSON.stringify(cursor)}`)
      }
    },
  },
  {
    id: 'storage.list.by-workflow',
    states: 'A list of one workflow holds the journals of that one.',
    since: '0.1.0',
    async check({ storage }) {
      await beginThese(storage, { a: {}, b: { workflowId: 'invoice' } })
      assert.deepEqual(idsOf(await list(storage, { workflowId: 'invoice' })), ['b'])
    },
  },
  {
    id: 'storage.list.by-status',
    states: 'A list of some statuses holds the journals that have one of them.',
    since: '0.1.0',
    async check({ storage }) {
      await beginThese(storage, { a: {}, b: { status: 'failed' }, c: { status: 'paused' } })
      assert.deepEqual(sorted(idsOf(await list(storage, { status: ['failed', 'paused'] }))), ['b', 'c'])
      assert.deepEqual(idsOf(await list(storage, { status: [] })), [], 'no status at all')
    },
  },
  {
    id: 'storage.list.by-resource',
    states: 'A list of one resource holds the journals of that one.',
    since: '0.1.0',
    async check({ storage }) {
      await beginThese(storage, { a: {}, b: { resourceId: 'customer-7' }, c: { resourceId: 'customer-70' } })
      assert.deepEqual(idsOf(await list(storage, { resourceId: 'customer-7' })), ['b'])
    },
  },
  {
    id: 'storage.list.by-tags',
    states: 'A list by tags holds the journals that have every one of them.',
    since: '0.1.0',
    async check({ storage }) {
      await beginThese(storage, { a: { tags: ['red'] }, b: { tags: ['large', 'old', 'red'] }, c: { tags: ['large'] } })
      assert.deepEqual(idsOf(await list(storage, { tags: ['red', 'large'] })), ['b'])
    },
  },
  {
    id: 'storage.list.by-creation',
    states: 'A list of a span of time holds the journals that were created in it.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const created: Record<string, number> = {}
      for (const id of ['a', 'b', 'c']) {
        await begin(storage, run(id))
        created[id] = (await read(storage, run(id))).header.createdAt
        await clock.advance(HOUR)
      }
      const { b = 0 } = created
      const from = idsOf(await list(storage, { createdFrom: b - MINUTE }))
      const to = idsOf(await list(storage, { createdTo: b + MINUTE }))
      const exactly = idsOf(await list(storage, { createdFrom: b, createdTo: b }))
      assert.deepEqual([sorted(from), sorted(to), exactly], [['b', 'c'], ['a', 'b'], ['b']])
    },
  },
  {
    id: 'storage.list.all-filters',
    states: 'What is listed passes every filter that was given.',
    since: '0.1.0',
    async check({ storage }) {
      await beginThese(storage, { a: { workflowId: 'invoice' }, b: { workflowId: 'invoice', status: 'failed' }, c: {} })
      assert.deepEqual(idsOf(await list(storage, { workflowId: 'invoice', status: ['failed'] })), ['b'])
    },
  },
  {
    id: 'storage.list.follows-header',
    states: 'A list goes by the header as the last commit left it.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'), { header: { ...HEADER, tags: ['new'] } })
      await storage.commit([draft(run('a'), base, { header: { status: 'done', tags: ['old'] } })])
      const seen = []
      for (const query of [{ tags: ['new'] }, { tags: ['old'] }, { status: ['running'] }, { status: ['done'] }]) {
        seen.push((await list(storage, query)).rows.length)
      }
      assert.deepEqual(seen, [0, 1, 0, 1])
    },
  },
  {
    id: 'storage.list.own-shelf',
    states: 'A list holds the journals of one namespace and one kind.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'))
      await begin(storage, run('b', 'elsewhere'))
      await begin(storage, { ...run('c'), kind: 'mailbox' })
      assert.deepEqual(idsOf(await list(storage)), ['a'])
    },
  },
  {
    id: 'storage.list.total',
    states: 'The total counts every row that matches, on whatever page, and comes only when it was asked for.',
    since: '0.1.0',
    async check({ storage }) {
      await beginThese(storage, { a: {}, b: {}, c: {}, d: { status: 'failed' } })
      const query = { limit: 1, status: ['running'] }
      const first = await list(storage, { ...query, withTotal: true })
      const second = await list(storage, {
        ...query,
        withTotal: true,
        ...(first.next !== undefined && { cursor: first.next }),
      })
      assert.deepEqual([first.total, second.total, (await list(storage, query)).total], [3, 3, undefined])
    },
  },
  {
    id: 'storage.list.whole-rows',
    states: 'A row of a list is the header that a read shows.',
    since: '0.1.0',
    async check({ storage }) {
      const header = { ...HEADER, resourceId: 'customer-7', tags: ['red', 'large'], workflowVersion: '2' }
      await begin(storage, run('a'), { header, wakeInMs: HOUR })
      const { rows } = await list(storage)
      assert.deepEqual(item(rows, 0), (await read(storage, run('a'))).header)
    },
  },
]

function list(storage: Storage, more: Partial<ListQuery> = {}): Promise<ListPage> {
  return storage.list({ namespace: NAMESPACE, kind: 'run', limit: 100, ...more })
}

function idsOf({ rows }: ListPage): string[] {
  return rows.map(({ journal }) => journal.id)
}

async function beginThese(storage: Storage, journals: Record<string, Partial<HeaderFields>>): Promise<void> {
  for (const [id, fields] of Object.entries(journals)) {
    await begin(storage, run(id), { header: { ...HEADER, ...fields } })
  }
}
