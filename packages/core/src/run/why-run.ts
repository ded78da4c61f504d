import type { Driver } from '../driver/driver.js'
import type { Fold } from '../driver/fold.js'
import { idPath, statusOf } from '../driver/result.js'
import { WorkflowError } from '../errors/index.js'
import { dueAt, ready, type Timer } from '../machine/index.js'
import { checkRunId } from './check-options.js'
import { askRun, findRun } from './find-run.js'

/** What keeps a run where it is. */
export interface Why {
  readonly runId: string
  readonly status: string
  /** In one sentence. */
  readonly text: string
  readonly waitsFor: readonly Reason[]
}

export interface Reason {
  /** A resume, a moment, user code that runs somewhere, or somebody who runs what is ready. */
  readonly kind: 'resume' | 'timer' | 'running' | 'ready' | 'callback'
  /** Ids from the outermost workflow inwards; empty: the run itself. */
  readonly step: readonly string[]
  /** Of a timer: what happens at its moment. */
  readonly for?: 'start' | 'sleep' | 'retry' | 'timeout'
  readonly dueAt?: number
  readonly session?: string
  readonly attempt?: number
}

export async function whyRun(driver: Driver, runId: string): Promise<Why> {
  checkRunId(runId)
  const found = await findRun(driver, runId)
  const tell = (fold: Fold): Why => {
    const waitsFor = reasons(fold)
    const status = statusOf(fold.state)
    return { runId, status, waitsFor, text: sentence(runId, status, waitsFor) }
  }
  const told = found && (await askRun(driver, found, { tell }))
  if (!told) throw new WorkflowError('WF_UNKNOWN_RUN', `there is no run "${runId}"`, { runId })
  return told.answer
}

function reasons({ state }: Fold): readonly Reason[] {
  const found: Reason[] = []
  if (state.rest === 'paused') found.push({ kind: 'resume', step: [] })
  for (const { frame } of state.suspended.values()) found.push({ kind: 'resume', step: idPath(frame) })
  for (const timer of state.timers.values()) found.push(timerReason(timer, state.activities.get(timer.key)?.attempt))
  for (const { frame, claim, attempt, part } of state.activities.values()) {
    const kind = part === 'body' || frame.parent ? 'running' : 'callback'
    if (claim) found.push({ kind, step: idPath(frame), session: claim.session, attempt })
  }
  for (const { frame, attempt } of ready(state)) found.push({ kind: 'ready', step: idPath(frame), attempt })
  return found
}

const PURPOSES = { wake: 'sleep', retry: 'retry', timeout: 'timeout' } as const

const timerReason = ({ frame, due, what }: Timer, attempt: number | undefined): Reason => ({
  kind: 'timer',
  step: idPath(frame),
  for: what === 'wake' && !frame.parent ? 'start' : PURPOSES[what],
  dueAt: dueAt(due),
  ...(attempt !== undefined && { attempt }),
})

const verbs: Readonly<Record<Reason['kind'], string>> = {
  resume: 'waits for a resume of',
  timer: 'waits for a timer of',
  running: 'is running',
  ready: 'waits for a worker to run',
  callback: 'is running a callback of',
}

function sentence(runId: string, status: string, waitsFor: readonly Reason[]): string {
  if (waitsFor.length === 0) return `run "${runId}" is ${status} and waits for nothing`
  const parts = waitsFor.map(
    ({ kind, step }) => `${verbs[kind]} ${step.length > 0 ? `"${step.join('.')}"` : 'the run'}`,
  )
  return `run "${runId}" is ${status}: it ${parts.join(', it ')}`
}
