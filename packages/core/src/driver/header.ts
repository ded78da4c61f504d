import type { Commit, HeaderFields } from '../contracts/index.js'
import { dueAt, gateAhead, type RunState, ready, type Timer, timeoutKey } from '../machine/index.js'
import { firstDue, openWork } from './due.js'
import type { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import { statusOf } from './result.js'

/** What lists and sweeps were told last. */
export interface Told {
  readonly status?: string
  /** When the next sweep was asked for; `null`: never. */
  readonly wakeAt?: number | null
}

export const NOTHING_TOLD: Told = {}

/** What a commit has to tell them. */
export interface News {
  readonly header: Commit['header'] | undefined
  readonly wake: Wake
  /** As they will know it then. */
  readonly wakeAt: number | null | undefined
}

export function tellsNothing({ header, wake }: News): boolean {
  for (const _ in wake) return false
  return header === undefined
}

/** The same object where nothing changes: most commits tell nothing. */
export function toldNext(told: Told, status: string | undefined, wakeAt: number | null | undefined): Told {
  const next = status ?? told.status ?? ''
  if (told.status === next && told.wakeAt === wakeAt) return told
  return { status: next, ...(wakeAt !== undefined && { wakeAt }) }
}

/** The journal does not say yet that the run goes by the graph of today. */
export const takesGraph = ({ program }: LiveRun, { outdated, storedHash }: Fold): boolean =>
  outdated === undefined && storedHash !== program.workflow.hash

const UNCHANGED = {}

/** The parts of a header that a commit has to change. */
export function headerOf(run: LiveRun, fold: Fold, told: Told): Pick<Commit, 'header'> {
  const status = statusOf(fold.state)
  const takes = takesGraph(run, fold)
  if (fold.head.version > 0 && status === told.status && !takes) return UNCHANGED
  const { workflow } = run.program
  const graph = { graphHash: workflow.hash, workflowVersion: workflow.version ?? '' }
  if (fold.head.version > 0) return { header: { ...(status !== told.status && { status }), ...(takes && graph) } }
  const header: HeaderFields = {
    status,
    workflowId: workflow.id,
    ...graph,
    resourceId: run.options.resourceId ?? null,
    tags: run.options.tags ?? [],
  }
  return { header }
}

interface When {
  readonly now: number
  readonly leaseMs: number
  readonly offerMs: number
  readonly leaves: boolean
}

type Wake = Pick<Commit, 'wakeInMs' | 'wakeAt'>

/** What the storage has to be told about the next sweep, and when that will be by its clock. */
export function wakeOf(fold: Fold, told: Told, when: When): readonly [Wake, number | null | undefined] {
  const { state } = fold
  if (when.leaves && openWork(state, when.now) > 0) return [{ wakeInMs: 0 }, when.now]
  if (isAsking(fold)) return leased(told, { now: when.now, leaseMs: when.leaseMs })
  if (isWorkedOn(fold)) return leased(told, { now: when.now, leaseMs: isOffered(fold) ? when.offerMs : when.leaseMs })
  const first = firstDue(state)
  if (mustPlace(state) && !isDueWithin(first, when)) return leased(told, when)
  if (!first) return told.wakeAt === null ? [{}, null] : [{ wakeInMs: null }, null]
  const at = dueAt(first.due)
  // A moment that hangs on this very commit is known as a delay only.
  if (Number.isNaN(at)) return [{ wakeInMs: first.due.delayMs }, when.now + first.due.delayMs]
  return told.wakeAt === at ? [{}, at] : [{ wakeAt: at }, at]
}

/** A mailbox has to be told of a wait: whoever should do so may be gone. */
const mustPlace = ({ unplaced, rest }: RunState): boolean => unplaced.size > 0 && rest !== 'paused'

function isDueWithin(timer: Timer | undefined, { now, leaseMs }: Pick<When, 'now' | 'leaseMs'>): boolean {
  if (!timer) return false
  const at = dueAt(timer.due)
  return Number.isNaN(at) ? timer.due.delayMs < leaseMs : at < now + leaseMs
}

/** It has to be let through, and somebody has to ask for that. */
const isAsking = ({ state }: Fold): boolean => gateAhead(state) !== undefined && !state.admission?.isQueued

/** Somebody runs user code of it, or is going to. */
export const isWorkedOn = (fold: Fold): boolean =>
  fold.state.activities.size > fold.state.suspended.size && !isSleeping(fold) && fold.state.rest !== 'paused'

/** There is something to do that nobody has claimed, also where others are at work on something else. */
const isOffered = ({ state }: Fold): boolean => state.ready.size > 0

/** Only retries and suspensions are left, so nobody has to look before the first timer. */
export function isSleeping({ state }: Fold): boolean {
  if (gateAhead(state) ? ready(state).length > 0 : state.ready.size > 0) return false
  const { only } = state.activities
  if (only) return !only.claim
  for (const activity of state.activities.values()) if (activity.claim) return false
  return true
}

/** It waits for a moment, or to be let through a limit by whoever counts there: that may be anybody. */
export const mustBeFound = (fold: Fold): boolean =>
  gateAhead(fold.state) !== undefined || (fold.state.timers.size + fold.state.waits.size > 0 && isSleeping(fold))

/** The time of the run itself: when it is over, so is whatever is held back. */
const OF_THE_RUN = timeoutKey('')

/**
 * Whoever reads it finds something to go on with beside what runs here: a moment that comes, a wait, a suspension, work that
 * nobody has claimed.
 */
export function leavesWork({ state: { timers, waits, suspended, ready: open } }: Fold): boolean {
  const moments = timers.size - (timers.has(OF_THE_RUN) ? 1 : 0)
  return moments + waits.size + suspended.size + open.size > 0
}

/**
 * A moment counts from the commit in which the waiting for it begins. What follows it must not lie in the same one: it
 * would have come before its time for whoever reads the journal.
 */
export function startsToWait({ state, turn }: Fold): boolean {
  for (const { due } of state.timers.values()) if (due.from === turn.stamp && due.delayMs > 0) return true
  return false
}

/** Somebody works on it: a sweep looks once the claims may have been lost. Too early is harmless, so it is rarely moved. */
function leased(
  told: Told,
  { now, leaseMs }: { readonly now: number; readonly leaseMs: number },
): readonly [Wake, number] {
  const wakeAt = now + leaseMs
  if (typeof told.wakeAt === 'number' && told.wakeAt <= wakeAt) return [UNCHANGED, told.wakeAt]
  return [{ wakeInMs: leaseMs }, wakeAt]
}
