import type { DueQuery, ListQuery } from '@wf/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ENDED } from '../src/delete.js'
import { createPostgresStorage } from '../src/index.js'
import { shelfKey, tagKey } from '../src/journal-key.js'
import { pageOf } from '../src/list.js'
import { sqlFor } from '../src/schema-name.js'
import { dropSchema, freshName, opened, outside, url } from './given.js'

/** A million is what is promised; fewer show the same plans. */
const ROWS = Number(process.env.WF_ROWS ?? 200_000)
const SHELF = { namespace: 'n', kind: 'run' } as const
const MINUTE = 60_000

const schema = freshName()
const fill = (sql: string): string => sqlFor(schema, sql)

/** Rows as commits leave them, made by the server: workflow-0 to -9, three statuses, one tag in a thousand. */
async function make(): Promise<void> {
  const keys = (name: string, values: readonly string[]): string =>
    `(array[${values.map((value) => shelfKey(SHELF, name, value)).join(', ')}]::bigint[])`
  const ten = Array.from({ length: 10 }, (_, index) => `${index}`)
  const statuses = ['running', 'success', 'failed']
  const status = 'case when i % 100 = 0 then 2 when i % 10 = 0 then 0 else 1 end'
  const wakes = 'case when i % 10 = 0 then i::float8 end'
  await outside.query(
    fill(`insert into {schema}.heads (key, at, wake_at, sweep_at, version, ended, commit_id)
      select md5(i::text)::uuid, i, ${wakes}, ${wakes}, 1, i % 10 > 0, 'c' from generate_series(1, ${ROWS}) i`),
  )
  await outside.query(
    fill(`insert into {schema}.journals select h.number, h.key, ${shelfKey(SHELF)},
        ${keys(
          'workflow',
          ten.map((one) => `workflow-${one}`),
        )}[1 + i % 10], ${shelfKey(SHELF, 'graph', 'g')},
        ${keys('status', statuses)}[1 + ${status}], ${keys(
          'resource',
          ten.map((one) => `resource-${one}`),
        )}[1 + i / 7 % 10],
        i, case when i % 10 > 0 then i end, ${wakes}, 'n', 'run', 'run-' || i, (array['running', 'success', 'failed'])[1 + ${status}],
        'workflow-' || i % 10, 'g', '', 'resource-' || i / 7 % 10, '[]'
      from generate_series(1, ${ROWS}) i join {schema}.heads h on h.key = md5(i::text)::uuid`),
  )
  await outside.query(
    fill(
      `insert into {schema}.tags select '${tagKey(SHELF, 'red')}'::uuid, created_at, number from {schema}.journals where created_at % 1000 = 0`,
    ),
  )
  await outside.query(fill('analyze {schema}.heads; analyze {schema}.journals; analyze {schema}.tags'))
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly Plans?: readonly Plan[]
}

const flat = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)]

async function planOf(sql: string, values: readonly unknown[]): Promise<readonly Plan[]> {
  const { rows } = await outside.query(`explain (analyze, format json) ${fill(sql)}`, [...values])
  return flat(rows[0]['QUERY PLAN'][0].Plan)
}

/** No table is read from end to end, and no step has to do with many more rows than are shown. */
function isBounded(plan: readonly Plan[], most: number): void {
  expect(plan.map((node) => node['Node Type'])).not.toContain('Seq Scan')
  expect(Math.max(...plan.map((node) => node['Actual Rows'] * node['Actual Loops']))).toBeLessThanOrEqual(most)
}

describe(`with ${ROWS} journals`, { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const storage = createPostgresStorage({ url, schema })
    await storage.load([{ journal: { ...SHELF, id: 'none' } }])
    await storage.close()
    await make()
    return () => dropSchema(schema)
  }, 120_000 + ROWS)

  const cursor = JSON.stringify([ROWS / 2, 'run-1'])
  it.for<[string, Partial<ListQuery>]>([
    ['nothing', {}],
    ['a workflow', { workflowId: 'workflow-3' }],
    ['a status of most', { status: ['success'] }],
    ['a status of few', { status: ['failed'] }],
    ['all statuses', { status: ['running', 'success', 'failed'] }],
    ['a resource', { resourceId: 'resource-3' }],
    ['a tag', { tags: ['red'] }],
    ['a span of time', { createdFrom: 1_000, createdTo: ROWS / 2 }],
    ['a tag and a span of time', { tags: ['red'], createdTo: ROWS / 2 }],
    ['a workflow and a status', { workflowId: 'workflow-3', status: ['success'] }],
  ])('a list by %s reads as much as it shows', async ([, filter]) => {
    for (const more of [{}, { cursor }]) {
      const page = pageOf({ ...SHELF, limit: 20, ...filter, ...more })
      // Of a second filter what does not pass is read too: here one in nine does.
      isBounded(await planOf(page?.sql ?? '', page?.values ?? []), 21 * 15)
    }
  })

  it('a list shows what it should', async () => {
    const storage = opened({ schema })
    const { rows, next } = await storage.list({ ...SHELF, limit: 3, workflowId: 'workflow-3', withTotal: false })
    expect(rows.map(({ createdAt }) => createdAt)).toEqual([ROWS - 7, ROWS - 17, ROWS - 27])
    const second = await storage.list({
      ...SHELF,
      limit: 1,
      workflowId: 'workflow-3',
      ...(next !== undefined && { cursor: next }),
    })
    expect(second.rows.map(({ createdAt }) => createdAt)).toEqual([ROWS - 37])
  })

  it('a sweep finds the oldest by the index, and does not look at the rest', async () => {
    const found = `select j.key from {schema}.journals j where j.shelf = $1 and j.by_workflow = $2 and j.by_graph = $3
      and j.sweep_at <= $4 order by j.sweep_at limit 120`
    const values = [shelfKey(SHELF), shelfKey(SHELF, 'workflow', 'workflow-0'), shelfKey(SHELF, 'graph', 'g'), ROWS]
    const plan = await planOf(found, values)
    isBounded(plan, 120)
    expect(plan.map((node) => node['Node Type'])).not.toContain('Sort')
    const storage = opened({ schema })
    const query: DueQuery = { namespace: 'n', serves: 'all', kinds: ['run'], limit: 3, holdMs: MINUTE }
    const due = await storage.due(query)
    expect(due.map(({ header }) => header.createdAt)).toEqual([10, 20, 30])
  })

  it('what has ended is found by its index', async () => {
    isBounded(await planOf(ENDED, [shelfKey(SHELF), ROWS, null, null, null, 100]), 150)
    expect(await opened({ schema }).delete({ ...SHELF, endedBefore: 1_000, limit: 250 })).toBe(250)
  })
})
