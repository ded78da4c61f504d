import { bump } from './busy.js'
import { isHeld } from './held.js'
import { quiet } from './quiet.js'
import type { Source } from './source.js'
import type { Activity, Due, Frame, Part, Suspension } from './state.js'
import type { Turn } from './turn.js'
import { leaveWait } from './waits.js'

/** Callbacks of the run itself are made while it rests or after it has ended: they are no part of its work. */
export const counts = ({ frame, part }: Activity): boolean => frame.parent !== undefined || part === 'output'

export const activityKey = (path: string, part: Part): string => (part === 'body' ? path : `${path}/${part}`)

/** Asks for a piece of user code to be run. */
export function issue(turn: Turn, frame: Frame, what: { readonly part: Part; readonly input: Source }): void {
  const { state, undo } = turn
  const activity: Activity = {
    key: activityKey(frame.path, what.part),
    part: what.part,
    frame,
    seq: state.seq,
    input: what.input,
    attempt: 0,
    leg: 0,
    begun: false,
    lost: 0,
    lostAlone: 0,
    wrote: false,
    claim: undefined,
    suspension: undefined,
    resume: undefined,
  }
  undo.set(state, 'seq', state.seq + 1)
  undo.put(state.activities, activity.key, activity)
  if (!isHeld(activity)) undo.put(state.ready, activity.key, activity)
  undo.set(frame, 'activity', activity)
  if (counts(activity)) bump(turn, frame, 1)
}

/** Takes an activity out of the state; what it was waiting for goes with it. */
export function close(turn: Turn, activity: Activity): void {
  const { state, undo } = turn
  undo.remove(state.activities, activity.key)
  undo.remove(state.ready, activity.key)
  undo.remove(state.timers, activity.key)
  leaveWait(turn, activity.key)
  undo.set(activity.frame, 'activity', undefined)
  if (state.suspended.has(activity.key)) undo.remove(state.suspended, activity.key)
  else if (counts(activity)) bump(turn, activity.frame, -1)
}

/** Makes an activity ready for another claim, at once or after a delay. */
export function again(turn: Turn, activity: Activity, due: Due | undefined): void {
  const { state, undo } = turn
  const { key, frame } = activity
  undo.set(activity, 'claim', undefined)
  undo.remove(state.ready, key)
  if (due) undo.put(state.timers, key, { key, what: 'retry', due, frame })
  else undo.put(state.ready, key, activity)
}

export function suspend(turn: Turn, activity: Activity, suspension: Suspension): void {
  const { state, undo } = turn
  undo.set(activity, 'claim', undefined)
  undo.remove(state.ready, activity.key)
  undo.set(activity, 'suspension', suspension)
  undo.put(state.suspended, activity.key, activity)
  bump(turn, activity.frame, -1)
  quiet(turn, activity.frame)
}
