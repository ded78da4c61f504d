import { dueAt, gateAhead, type RunState, ready, type Timer } from '../machine/index.js'

export const isDue = (timer: Timer, now: number): boolean => dueAt(timer.due) <= now

/** When the first timer of a run comes due; `undefined` without timers or while it is paused. */
export const firstDue = (state: RunState): Timer | undefined => first(state, () => true)

/** The same without retries that are due already: those wait for a process that takes them, not for a moment. */
export const nextDue = (state: RunState, now: number): Timer | undefined =>
  first(state, (timer) => timer.what !== 'retry' || !isDue(timer, now))

/** Attempts that may be made and that nobody has begun. */
function dueRetries({ timers }: RunState, now: number): number {
  let due = 0
  for (const timer of timers.values()) if (timer.what === 'retry' && isDue(timer, now)) due += 1
  return due
}

/** How much there is to do that nobody has claimed. */
export function openWork(state: RunState, now: number): number {
  if (state.rest === 'paused') return 0
  if (gateAhead(state)) return ready(state).length
  return state.timers.size === 0 ? state.ready.size : state.ready.size + dueRetries(state, now)
}

function first(state: RunState, counts: (timer: Timer) => boolean): Timer | undefined {
  const { timers, rest } = state
  if (rest === 'paused') return undefined
  const isHeldUp = gateAhead(state) !== undefined
  let found: Timer | undefined
  for (const timer of timers.values()) {
    // No attempt is made before the run is let through.
    if (isHeldUp && timer.what === 'retry') continue
    if (counts(timer) && (!found || dueAt(timer.due) < dueAt(found.due))) found = timer
  }
  return found
}
