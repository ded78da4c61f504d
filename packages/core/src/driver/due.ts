import { dueAt, type RunState, type Timer } from '../machine/index.js'

export const isDue = (timer: Timer, now: number): boolean => dueAt(timer.due) <= now

/** When the first timer of a run comes due; `undefined` without timers or while it is paused. */
export function firstDue(state: RunState): Timer | undefined {
  if (state.rest === 'paused') return undefined
  let first: Timer | undefined
  for (const timer of state.timers.values()) if (!first || dueAt(timer.due) < dueAt(first.due)) first = timer
  return first
}
