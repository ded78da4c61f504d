import { describe, expect, it } from 'vitest'
import type { ListQuery } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import { listRuns } from './list-runs.js'
import type { RunFilter } from './run-filter.js'

interface Made {
  readonly runId: string
  readonly at: number
  readonly workflowId?: string
  readonly resourceId?: string
  readonly tags?: readonly string[]
  readonly isRecorded?: boolean
}

/** A process without a storage that holds these runs. */
function holding(...runs: readonly Made[]) {
  const live = runs.map(({ runId, at, workflowId = 'w', isRecorded = true, ...options }) => ({
    ...{ runId, options, known: {}, program: { workflow: { id: workflowId } } },
    read: async (look: (fold: unknown) => unknown) =>
      look({
        head: { version: isRecorded ? 1 : 0 },
        state: { phase: isRecorded ? 'running' : 'unstarted', ready: new Map([['0', {}]]) },
        ...{ firstAt: at, lastAt: at + 1 },
      }),
  }))
  return { checkOpen: () => undefined, all: () => live, settings: { storage: undefined, namespace: 'n' } } as never
}

const three = holding({ runId: 'a', at: 10 }, { runId: 'c', at: 20 }, { runId: 'b', at: 20 })
const ids = async (driver: Parameters<typeof listRuns>[0], filter: RunFilter = {}) =>
  (await listRuns(driver, filter)).runs.map(({ runId }) => runId)

describe('runs that no storage has', () => {
  it('are listed newest first, and of one moment by their ids', async () => {
    expect(await ids(three)).toEqual(['c', 'b', 'a'])
    const { runs, ...rest } = await listRuns(three, { limit: 3 })
    expect(rest).toEqual({})
    expect(runs[2]).toEqual({
      runId: 'a',
      workflowName: 'w',
      status: 'running',
      tags: [],
      createdAt: 10,
      updatedAt: 11,
    })
  })

  it('are not listed before anything is recorded of them', async () => {
    expect(await ids(holding({ runId: 'a', at: 1, isRecorded: false }, { runId: 'b', at: 1 }))).toEqual(['b'])
  })

  it('come page by page, each from where the one before ended', async () => {
    const first = await listRuns(three, { limit: 2, withTotal: true })
    expect([first.runs.map(({ runId }) => runId), first.total]).toEqual([['c', 'b'], 3])
    const cursor = String(first.next)
    const second = await listRuns(three, { limit: 2, cursor })
    expect([second.runs.map(({ runId }) => runId), second.next, second.total]).toEqual([['a'], undefined, undefined])
    const between = await listRuns(three, { limit: 1 })
    expect(await ids(three, { limit: 1, cursor: String(between.next) })).toEqual(['b'])
  })

  it('come behind what a list has answered with, and nothing else', async () => {
    for (const cursor of ['', 'no', '{}', '[]', '[1]', '["1","a"]', '[1,2]'])
      await expect(listRuns(three, { cursor })).rejects.toMatchObject({ code: 'WF_INVALID_OPTION', field: 'cursor' })
  })

  it('fit all that is asked for', async () => {
    const driver = holding(
      { runId: 'a', at: 1, workflowId: 'v', tags: ['x', 'y'] },
      { runId: 'b', at: 2, resourceId: 'me', tags: ['x'] },
      { runId: 'c', at: 3 },
    )
    expect(await ids(driver, { workflowId: 'v' })).toEqual(['a'])
    expect(await ids(driver, { resourceId: 'me' })).toEqual(['b'])
    expect(await ids(driver, { tags: ['x'] })).toEqual(['b', 'a'])
    expect(await ids(driver, { tags: ['x', 'y'] })).toEqual(['a'])
    expect(await ids(driver, { fromDate: 2 })).toEqual(['c', 'b'])
    expect(await ids(driver, { toDate: new Date(2) })).toEqual(['b', 'a'])
    expect(await ids(driver, { status: 'running' })).toEqual(['c', 'b', 'a'])
    expect(await ids(driver, { status: ['failed', 'success'] })).toEqual([])
  })
})

describe('pages with a number', () => {
  it('are counted from the newest run on', async () => {
    const page = await listRuns(three, { page: 1, perPage: 2 })
    expect([page.runs.map(({ runId }) => runId), page.total, page.next]).toEqual([['a'], 3, undefined])
    const first = await listRuns(three, { page: 0, perPage: 2 })
    expect([first.runs.map(({ runId }) => runId), first.next !== undefined]).toEqual([['c', 'b'], true])
    expect(await ids(three, { page: 7, perPage: 2 })).toEqual([])
    expect(await ids(three, { perPage: false })).toEqual(['c', 'b', 'a'])
  })

  it('are read a thousand rows at a time', async () => {
    const asked: ListQuery[] = []
    const rows = Array.from({ length: 2_500 }, (_, nth) => ({ journal: { id: `r${nth}` }, resourceId: null }))
    const storage = {
      async list(query: ListQuery) {
        asked.push(query)
        const from = Number(query.cursor ?? 0)
        const to = from + (query.limit ?? 0)
        return { rows: rows.slice(from, to), ...(to < rows.length && { next: `${to}` }), total: rows.length }
      },
    }
    const driver = { checkOpen: () => undefined, settings: { storage, namespace: 'n' } } as never
    const { runs, total, next } = await listRuns(driver, { page: 2, perPage: 600 })
    expect([runs.length, runs[0]?.runId, runs.at(-1)?.runId, total, next]).toEqual([
      600,
      'r1200',
      'r1799',
      2_500,
      '1800',
    ])
    expect(asked.map(({ limit, cursor, withTotal, kind }) => [limit, cursor, withTotal, kind])).toEqual([
      [1_000, undefined, true, 'run'],
      [800, '1000', undefined, 'run'],
    ])
    expect((await listRuns(driver, { perPage: false })).runs).toHaveLength(2_500)
  })
})

it('a storage that does not answer is asked once', async () => {
  const storage = { list: () => Promise.reject(new WorkflowError('WF_STORAGE_UNAVAILABLE', 'no answer')) }
  const driver = { checkOpen: () => undefined, settings: { storage, namespace: 'n' } } as never
  await expect(listRuns(driver, {})).rejects.toMatchObject({
    ...{ code: 'WF_STORAGE_UNAVAILABLE', message: expect.stringContaining('could not be asked about runs: ') },
  })
})
