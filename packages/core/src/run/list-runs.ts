import type { Driver } from '../driver/driver.js'
import { WorkflowError } from '../errors/index.js'
import { answered } from './answered.js'
import { type RunFilter, type Wanted, wantedOf } from './run-filter.js'
import { isUnrecorded, memoryRow, type RunRow, restingRow, rowOf } from './run-row.js'

export interface RunList {
  readonly runs: readonly RunRow[]
  /** All that match, when it was asked for. */
  readonly total?: number
  /** The `cursor` for what comes behind; absent: nothing does. */
  readonly next?: string
}

type Page = Pick<RunFilter, 'cursor' | 'withTotal'> & { readonly limit: number }

const DEFAULT_LIMIT = 100
/** Rows of one read while whole pages are passed over. */
const ROWS_PER_READ = 1_000

/** Newest first. */
export async function listRuns(driver: Driver, filter: RunFilter): Promise<RunList> {
  const wanted = wantedOf(filter)
  driver.checkOpen()
  const read = (page: Page) => (driver.settings.storage ? listStored : listMemory)(driver, wanted, page)
  if (filter.page !== undefined || filter.perPage !== undefined) return numberedPage(read, filter)
  const { limit = DEFAULT_LIMIT, cursor, withTotal } = filter
  return read({ limit, ...(cursor !== undefined && { cursor }), ...(withTotal !== undefined && { withTotal }) })
}

/** Storages know no numbers of pages: what is before the page is read, headers only. */
async function numberedPage(
  read: (page: Page) => Promise<RunList>,
  { page = 0, perPage = DEFAULT_LIMIT }: RunFilter,
): Promise<RunList> {
  const from = perPage === false ? 0 : page * perPage
  const to = perPage === false ? Number.POSITIVE_INFINITY : from + perPage
  let { runs, next, ...counted } = await read({ limit: Math.min(ROWS_PER_READ, to), withTotal: true })
  const found = runs.slice(from)
  for (let seen = runs.length; next !== undefined && seen < to; seen += runs.length) {
    ;({ runs, next } = await read({ limit: Math.min(ROWS_PER_READ, to - seen), cursor: next }))
    found.push(...runs.slice(Math.max(0, from - seen)))
  }
  return { runs: found, ...counted, ...(next !== undefined && { next }) }
}

async function listStored(driver: Driver, wanted: Wanted, page: Page): Promise<RunList> {
  const { storage, namespace } = driver.settings
  const { rows = [], ...rest } =
    (await answered(async () => storage?.list({ ...wanted, ...page, namespace, kind: 'run' }))) ?? {}
  return { runs: rows.map(rowOf), ...rest }
}

/** The recorded runs that this process holds. */
export async function memoryRows(driver: Driver): Promise<readonly RunRow[]> {
  const rows = [...driver.all()].map(
    (live) => restingRow(live) ?? live.read((fold) => (isUnrecorded(fold) ? [] : [memoryRow(live, fold)])),
  )
  return (await Promise.all(rows)).flat()
}

async function listMemory(driver: Driver, wanted: Wanted, { limit, cursor, withTotal }: Page): Promise<RunList> {
  const behind = cursor === undefined ? undefined : placeOf(cursor)
  const found = (await memoryRows(driver)).filter((row) => matches(row, wanted)).sort(newestFirst)
  const left = behind ? found.filter((row) => newestFirst(behind, row) < 0) : found
  const runs = left.slice(0, limit)
  const last = runs.at(-1)
  return {
    runs,
    ...(last && left.length > limit && { next: JSON.stringify([last.createdAt, last.runId]) }),
    ...(withTotal && { total: found.length }),
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

export function matches(row: RunRow, wanted: Wanted): boolean {
  const { workflowId, status, resourceId, tags, createdFrom, createdTo } = wanted
  if (workflowId !== undefined && row.workflowName !== workflowId) return false
  if (status && !status.includes(row.status)) return false
  if (resourceId !== undefined && row.resourceId !== resourceId) return false
  if (tags?.some((tag) => !row.tags.includes(tag))) return false
  return row.createdAt >= (createdFrom ?? 0) && row.createdAt <= (createdTo ?? Number.POSITIVE_INFINITY)
}
