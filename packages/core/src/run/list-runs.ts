import type { Driver } from '../driver/driver.js'
import { WorkflowError } from '../errors/index.js'
import { checkOptions } from './check-options.js'
import type { RunFilter } from './engine.js'
import { isUnrecorded, memoryRow, type RunRow, rowOf } from './run-row.js'

export interface RunList {
  readonly runs: readonly RunRow[]
  /** All that match, when it was asked for. */
  readonly total?: number
  /** The `cursor` for what comes behind; absent: nothing does. */
  readonly next?: string
}

const DEFAULT_LIMIT = 100

/** Newest first. */
export async function listRuns(driver: Driver, filter: RunFilter): Promise<RunList> {
  checkOptions('list', filter)
  driver.checkOpen()
  const { storage, namespace } = driver.settings
  const { limit = DEFAULT_LIMIT } = filter
  if (!storage) return listMemory(driver, filter, limit)
  const { rows, ...rest } = await storage.list({ ...filter, namespace, kind: 'run', limit })
  return { runs: rows.map(rowOf), ...rest }
}

/** The recorded runs that this process holds. */
export async function memoryRows(driver: Driver): Promise<readonly RunRow[]> {
  const rows = [...driver.all()].map((live) => live.read((fold) => (isUnrecorded(fold) ? [] : [memoryRow(live, fold)])))
  return (await Promise.all(rows)).flat()
}

async function listMemory(driver: Driver, filter: RunFilter, limit: number): Promise<RunList> {
  const behind = filter.cursor === undefined ? undefined : placeOf(filter.cursor)
  const wanted = (await memoryRows(driver)).filter((row) => matches(row, filter)).sort(newestFirst)
  const left = behind ? wanted.filter((row) => newestFirst(behind, row) < 0) : wanted
  const runs = left.slice(0, limit)
  const last = runs.at(-1)
  return {
    runs,
    ...(last && left.length > limit && { next: JSON.stringify([last.createdAt, last.runId]) }),
    ...(filter.withTotal && { total: wanted.length }),
  }
}

type Place = Pick<RunRow, 'createdAt' | 'runId'>

function newestFirst(one: Place, other: Place): number {
  if (one.createdAt !== other.createdAt) return other.createdAt - one.createdAt
  if (one.runId === other.runId) return 0
  return one.runId < other.runId ? 1 : -1
}

function placeOf(cursor: string): Place {
  try {
    const [createdAt, runId] = JSON.parse(cursor) as readonly unknown[]
    if (typeof createdAt === 'number' && typeof runId === 'string') return { createdAt, runId }
  } catch {
    // Refused below, like any other text that no list has answered with.
  }
  throw new WorkflowError('WF_INVALID_OPTION', '`cursor` must be the `next` of an earlier answer', { field: 'cursor' })
}

type Wanted = Pick<RunFilter, 'workflowId' | 'status' | 'resourceId' | 'tags' | 'createdFrom' | 'createdTo'>

export function matches(row: RunRow, wanted: Wanted): boolean {
  const { workflowId, status, resourceId, tags, createdFrom, createdTo } = wanted
  if (workflowId !== undefined && row.workflowName !== workflowId) return false
  if (status && !status.includes(row.status)) return false
  if (resourceId !== undefined && row.resourceId !== resourceId) return false
  if (tags?.some((tag) => !row.tags.includes(tag))) return false
  return row.createdAt >= (createdFrom ?? 0) && row.createdAt <= (createdTo ?? Number.POSITIVE_INFINITY)
}
