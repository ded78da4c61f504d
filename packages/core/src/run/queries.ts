import type { Header } from '../contracts/index.js'
import type { Driver } from '../driver/driver.js'
import type { Fold } from '../driver/fold.js'
import { runJournal } from '../driver/journal-store.js'
import type { LiveRun } from '../driver/live-run.js'
import { type AnyResult, idPath, resultOf, statusOf } from '../driver/result.js'
import { WorkflowError } from '../errors/index.js'
import { dueAt, ready } from '../machine/index.js'
import { checkOptions, checkRunId } from './check-options.js'
import type { DeleteOptions, RunFilter } from './engine.js'

/** A run as lists show it. */
export interface RunRow {
  readonly runId: string
  readonly workflowName: string
  readonly status: string
  readonly resourceId?: string
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

export interface RunList {
  readonly runs: readonly RunRow[]
  readonly total?: number
  readonly next?: string
}

/** A run with its steps. */
export interface RunSnapshot extends RunRow, AnyResult {}

/** What keeps a run where it is. */
export interface Why {
  readonly runId: string
  readonly status: string
  /** In one sentence. */
  readonly text: string
  readonly waitsFor: readonly Reason[]
}

export interface Reason {
  readonly kind: 'resume' | 'timer' | 'running' | 'ready' | 'callback'
  /** Ids from the outermost workflow inwards. */
  readonly step: readonly string[]
  readonly dueAt?: number
  readonly session?: string
  readonly attempt?: number
}

const rowOf = ({ journal, status, workflowId, resourceId, tags, createdAt, updatedAt }: Header): RunRow => ({
  runId: journal.id,
  workflowName: workflowId,
  status,
  tags,
  createdAt,
  updatedAt,
  ...(resourceId !== null && { resourceId }),
})

export async function getRun(driver: Driver, runId: string): Promise<RunSnapshot | undefined> {
  checkRunId(runId)
  const live = await find(driver, runId)
  if (!live) return undefined
  const header = await headerOf(driver, runId)
  return live.read((fold) => ({
    ...(header ? rowOf(header) : memoryRow(live, fold)),
    ...resultOf(fold, runId, { includeState: true }),
    status: statusOf(fold.state),
  }))
}

/** The run that a storage has, or that this process holds. */
async function find(driver: Driver, runId: string): Promise<LiveRun | undefined> {
  driver.checkOpen(runId)
  const header = await headerOf(driver, runId)
  return header ? driver.live(runId, header.workflowId) : driver.known(runId)
}

async function headerOf({ settings }: Driver, runId: string): Promise<Header | undefined> {
  const slices = await settings.storage?.load([{ journal: runJournal(settings.namespace, runId), limit: 1 }])
  return slices?.[0]?.header
}

function memoryRow({ runId, program, options }: LiveRun, { state }: Fold): RunRow {
  const createdAt = state.startedAt?.at ?? 0
  return {
    runId,
    workflowName: program.workflow.id,
    status: statusOf(state),
    tags: options.tags ?? [],
    createdAt,
    updatedAt: state.endedAt?.at ?? createdAt,
    ...(options.resourceId !== undefined && { resourceId: options.resourceId }),
  }
}

const DEFAULT_LIMIT = 100

export async function listRuns(driver: Driver, filter: RunFilter): Promise<RunList> {
  checkOptions('list', filter)
  driver.checkOpen()
  const { storage, namespace } = driver.settings
  const { limit = DEFAULT_LIMIT } = filter
  if (!storage) return listMemory(driver, filter, limit)
  const { rows, ...rest } = await storage.list({ ...filter, namespace, kind: 'run', limit })
  return { runs: rows.map(rowOf), ...rest }
}

async function listMemory(driver: Driver, filter: RunFilter, limit: number): Promise<RunList> {
  const rows = await Promise.all([...driver.all()].map((live) => live.read((fold) => memoryRow(live, fold))))
  const wanted = rows.filter((row) => matches(row, filter)).sort((one, other) => other.createdAt - one.createdAt)
  return { runs: wanted.slice(0, limit), ...(filter.withTotal && { total: wanted.length }) }
}

function matches(row: RunRow, filter: RunFilter): boolean {
  const { workflowId, status, resourceId, tags, createdFrom, createdTo } = filter
  if (workflowId !== undefined && row.workflowName !== workflowId) return false
  if (status && !status.includes(row.status)) return false
  if (resourceId !== undefined && row.resourceId !== resourceId) return false
  if (tags?.some((tag) => !row.tags.includes(tag))) return false
  return row.createdAt >= (createdFrom ?? 0) && row.createdAt <= (createdTo ?? Number.POSITIVE_INFINITY)
}

/** Only what has ended is deleted. */
export async function deleteRuns(driver: Driver, query: DeleteOptions): Promise<number> {
  checkOptions('delete', query)
  driver.checkOpen()
  const { storage, namespace, clock } = driver.settings
  const { runId, limit = 1_000, endedBefore = clock.now(), ...only } = query
  if (!storage) return deleteMemory(driver, query)
  if (runId === undefined) return storage.delete({ namespace, kind: 'run', endedBefore, limit, ...only })
  driver.forget(runId)
  return storage.delete({ journal: runJournal(namespace, runId) })
}

async function deleteMemory(driver: Driver, query: DeleteOptions): Promise<number> {
  let deleted = 0
  for (const live of [...driver.all()]) {
    const row = await live.read((fold) => ({ ...memoryRow(live, fold), ended: fold.state.phase === 'ended' }))
    if (!row.ended || (query.runId !== undefined && query.runId !== row.runId)) continue
    if (!matches(row, query) || row.updatedAt > (query.endedBefore ?? Number.POSITIVE_INFINITY)) continue
    driver.forget(row.runId)
    deleted += 1
  }
  return deleted
}

export async function whyRun(driver: Driver, runId: string): Promise<Why> {
  checkRunId(runId)
  const live = await find(driver, runId)
  if (!live) throw new WorkflowError('WF_UNKNOWN_RUN', `there is no run "${runId}"`, { runId })
  return live.read((fold) => {
    const waitsFor = reasons(fold)
    const status = statusOf(fold.state)
    return { runId, status, waitsFor, text: sentence(runId, status, waitsFor) }
  })
}

function reasons({ state }: Fold): readonly Reason[] {
  const found: Reason[] = []
  for (const { frame } of state.suspended.values()) found.push({ kind: 'resume', step: idPath(frame) })
  for (const { frame, due } of state.timers.values())
    found.push({ kind: 'timer', step: idPath(frame), dueAt: dueAt(due) })
  for (const { frame, claim, attempt, part } of state.activities.values()) {
    const kind = frame.parent ? 'running' : 'callback'
    if (claim)
      found.push({ kind: part === 'body' ? 'running' : kind, step: idPath(frame), session: claim.session, attempt })
  }
  for (const { frame, attempt } of ready(state)) found.push({ kind: 'ready', step: idPath(frame), attempt })
  return found
}

const verbs: Readonly<Record<Reason['kind'], string>> = {
  resume: 'waits for a resume of',
  timer: 'waits for a timer of',
  running: 'is running',
  ready: 'waits for a worker to run',
  callback: 'is running a callback of',
}

function sentence(runId: string, status: string, waitsFor: readonly Reason[]): string {
  if (waitsFor.length === 0) return `run "${runId}" is ${status} and waits for nothing`
  const parts = waitsFor.map(({ kind, step }) => `${verbs[kind]} "${step.join('.') || 'the workflow'}"`)
  return `run "${runId}" is ${status}: it ${parts.join(', it ')}`
}
