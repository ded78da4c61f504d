import { dueAt, type RunState, type Timer } from '../machine/index.js'

export const isDue = (timer: Timer, now: number): boolean => dueAt(timer.due) <= now

/** When the first timer of a run comes due; `undefined` without timers or while it is paused. */
export const firstDue = (state: RunState): Timer | undefined => first(state, () => true)

/** The same without retries that are due already: those wait for a process that takes them, not for a moment. */
export const nextDue = (state: RunState, now: number): Timer | undefined =>
  first(state, (timer) => timer.what !== 'retry' || !isDue(timer, now))

/** Whether an attempt may be made that nobody has begun. */
const hasDueRetry = ({ timers, rest }: RunState, now: number): boolean =>
  rest !== 'paused' && [...timers.values()].some((timer) => timer.what === 'retry' && isDue(timer, now))

/** There is something to do that this process did not take. */
export const hasOpenWork = (state: RunState, now: number): boolean =>
  state.rest !== 'paused' && (state.ready.size > 0 || (state.timers.size > 0 && hasDueRetry(state, now)))

function first({ timers, rest }: RunState, counts: (timer: Timer) => boolean): Timer | undefined {
  if (rest === 'paused') return undefined
  let found: Timer | undefined
  for (const timer of timers.values()) {
    if (counts(timer) && (!found || dueAt(timer.due) < dueAt(found.due))) found = timer
  }
  return found
}
