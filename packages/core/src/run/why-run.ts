import type { Driver } from '../driver/driver.js'
import type { Fold } from '../driver/fold.js'
import { idPath, itemIndex, statusOf } from '../driver/result.js'
import { WorkflowError } from '../errors/index.js'
import {
  type Activity,
  dueAt,
  type Frame,
  gateAhead,
  ready,
  suspendedIn,
  type Timer,
  type Wait,
} from '../machine/index.js'
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
  /** A start, a resume, a limit of its workflow, a moment, an event, user code that runs somewhere, or somebody who runs what is ready. */
  readonly kind: 'start' | 'resume' | 'limit' | 'timer' | 'event' | 'running' | 'ready' | 'callback'
  /** Ids from the outermost workflow inwards; empty: the run itself. */
  readonly step: readonly string[]
  /** Of a timer: what happens at its moment. */
  readonly for?: 'start' | 'sleep' | 'retry' | 'timeout'
  readonly dueAt?: number
  /** The item of the outermost foreach that it is about. */
  readonly index?: number
  /** Of a suspended step: labels that a resume may name. */
  readonly labels?: readonly string[]
  /** Its name and key; `dueAt` says until when it is waited for, if not for ever. */
  readonly event?: string
  readonly key?: string
  /** Of a limit: the name of what is counted, and at which place the run waits there, counted from 1. */
  readonly gate?: string
  readonly place?: number
  /** Of what runs: the incarnation of a process that has it, and since when. */
  readonly session?: string
  /** Of what runs, and of the wait for an event. */
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
  return withPlace(driver, told.answer)
}

/** Where a run waits in line only the limit knows; while it is being let through, it does not wait any more. */
async function withPlace(driver: Driver, why: Why): Promise<Why> {
  const { runId } = why
  const waitsFor = await Promise.all(
    why.waitsFor.map(async (reason) => {
      const { gate } = reason
      const place = gate === undefined ? undefined : await driver.doorman.placeInLine(runId, gate)
      return place === undefined ? reason : { ...reason, place }
    }),
  )
  return { ...why, waitsFor }
}

/** Everything that a run waits for. */
export function reasons({ state }: Pick<Fold, 'state'>): readonly Reason[] {
  const found: Reason[] = []
  if (state.phase === 'unstarted') found.push({ kind: 'start', step: [] })
  const gate = gateAhead(state)
  if (gate) found.push({ kind: 'limit', step: [], gate: gate.id })
  if (state.rest === 'paused') found.push({ kind: 'resume', step: [] })
  for (const activity of suspendedIn(state)) found.push(resumeReason(activity))
  for (const wait of state.waits.values()) found.push(eventReason(wait, state.timers.get(`${wait.at}/event`)))
  for (const timer of state.timers.values())
    if (timer.what !== 'event')
      found.push(timerReason({ ...timer, what: timer.what }, state.activities.get(timer.key)?.attempt))
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

const eventReason = ({ frame, name, key, since }: Wait, timer: Timer | undefined): Reason => ({
  kind: 'event',
  ...placeOf(frame),
  event: name,
  key,
  since: since.at,
  ...(timer && { dueAt: dueAt(timer.due) }),
})

/** A timer that is a reason of its own; that of an event says until when it is waited for. */
type SpanTimer = Pick<Timer, 'frame' | 'due'> & { readonly what: keyof typeof PURPOSES }

const PURPOSES = { wake: 'sleep', retry: 'retry', timeout: 'timeout' } as const

const timerReason = ({ frame, due, what }: SpanTimer, attempt: number | undefined): Reason => ({
  kind: 'timer',
  ...placeOf(frame),
  for: what === 'wake' && !frame.parent ? 'start' : PURPOSES[what],
  dueAt: dueAt(due),
  ...(attempt !== undefined && { attempt }),
})

const verbs: Readonly<Record<Reason['kind'], string>> = {
  start: 'waits for a start of',
  resume: 'waits for a resume of',
  limit: 'waits to be let through a limit of',
  timer: 'waits for a timer of',
  event: 'waits for an event for',
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
