import type { Driver } from '../driver/driver.js'
import type { Fold } from '../driver/fold.js'
import { idPath, itemIndex, statusOf } from '../driver/result.js'
import { WorkflowError } from '../errors/index.js'
import { type Activity, dueAt, type Frame, ready, suspendedIn, type Timer } from '../machine/index.js'
import { checkRunId } from './check-options.js'
import { askRun, lookForRun } from './find-run.js'

/** What keeps a run where it is. */
export interface Why {
  readonly runId: string
  readonly status: string
  /** In one sentence. */
  readonly text: string
  readonly waitsFor: readonly Reason[]
}

export interface Reason {
  /** A start, a resume, a moment, user code that runs somewhere, or somebody who runs what is ready. */
  readonly kind: 'start' | 'resume' | 'timer' | 'running' | 'ready' | 'callback'
  /** Ids from the outermost workflow inwards; empty: the run itself. */
  readonly step: readonly string[]
  /** Of a timer: what happens at its moment. */
  readonly for?: 'start' | 'sleep' | 'retry' | 'timeout'
  readonly dueAt?: number
  /** The item of the outermost foreach that it is about. */
  readonly index?: number
  /** Of a suspended step: labels that a resume may name. */
  readonly labels?: readonly string[]
  /** Of what runs: the incarnation of a process that has it, and since when. */
  readonly session?: string
  readonly since?: number
  readonly attempt?: number
}

export async function whyRun(driver: Driver, runId: string): Promise<Why> {
  checkRunId(runId)
  const found = await lookForRun(driver, runId)
  const tell = (fold: Fold): Why => {
    const waitsFor = reasons(fold)
    const status = statusOf(fold.state)
    return { runId, status, waitsFor, text: sentence(runId, status, waitsFor) }
  }
  const told = found && (await askRun(driver, found, { tell }))
  if (!told) throw new WorkflowError('WF_UNKNOWN_RUN', `there is no run "${runId}"`, { runId })
  return told.answer
}

/** Everything that a run waits for. */
export function reasons({ state }: Pick<Fold, 'state'>): readonly Reason[] {
  const found: Reason[] = []
  if (state.phase === 'unstarted') found.push({ kind: 'start', step: [] })
  if (state.rest === 'paused') found.push({ kind: 'resume', step: [] })
  for (const activity of suspendedIn(state)) found.push(resumeReason(activity))
  for (const timer of state.timers.values()) found.push(timerReason(timer, state.activities.get(timer.key)?.attempt))
  for (const { frame, claim, attempt, part } of state.activities.values()) {
    const kind = part === 'body' || frame.parent ? 'running' : 'callback'
    if (claim) found.push({ kind, ...placeOf(frame), session: claim.session, since: claim.since.at, attempt })
  }
  for (const { frame, attempt } of ready(state)) found.push({ kind: 'ready', ...placeOf(frame), attempt })
  return found
}

function placeOf(frame: Frame): Pick<Reason, 'step' | 'index'> {
  const index = itemIndex(frame)
  return { step: idPath(frame), ...(index !== undefined && { index }) }
}

function resumeReason({ frame, suspension }: Activity): Reason {
  const { labels = [] } = suspension ?? {}
  return { kind: 'resume', ...placeOf(frame), ...(labels.length > 0 && { labels }) }
}

const PURPOSES = { wake: 'sleep', retry: 'retry', timeout: 'timeout' } as const

const timerReason = ({ frame, due, what }: Timer, attempt: number | undefined): Reason => ({
  kind: 'timer',
  ...placeOf(frame),
  for: what === 'wake' && !frame.parent ? 'start' : PURPOSES[what],
  dueAt: dueAt(due),
  ...(attempt !== undefined && { attempt }),
})

const verbs: Readonly<Record<Reason['kind'], string>> = {
  start: 'waits for a start of',
  resume: 'waits for a resume of',
  timer: 'waits for a timer of',
  running: 'is running',
  ready: 'waits for a worker to run',
  callback: 'is running a callback of',
}

/** Reasons that the sentence names; a foreach may have very many. */
const TOLD = 5

function sentence(runId: string, status: string, waitsFor: readonly Reason[]): string {
  if (waitsFor.length === 0) return `run "${runId}" is ${status} and waits for nothing`
  const parts = waitsFor
    .slice(0, TOLD)
    .map(({ kind, step }) => `${verbs[kind]} ${step.length > 0 ? `"${step.join('.')}"` : 'the run'}`)
  const more = waitsFor.length > TOLD ? `, and ${waitsFor.length - TOLD} more` : ''
  return `run "${runId}" is ${status}: it ${parts.join(', it ')}${more}`
}
