import { again } from './activity.js'
import type { StepClaimed, StepReleased } from './event.js'
import { isHeld } from './held.js'
import type { Activity, RunState } from './state.js'
import type { Turn } from './turn.js'

/** Losses alone in their process after which an activity is not tried again: it kills whoever runs it. */
export const MAX_LOST_ALONE = 3

/** Whether user code may begin: callbacks of the run have moments of their own. */
function open(state: RunState, activity: Activity): boolean {
  if (!activity.frame.parent) return true
  return state.phase === 'running' && !(state.stepped && activity.part === 'body')
}

/** The first claim in the journal wins; a later one only over a claim that it names as lost. */
export function claim(turn: Turn, event: StepClaimed): boolean {
  const { state, undo } = turn
  const activity = state.activities.get(event.at)
  if (!activity || state.suspended.has(event.at) || isHeld(activity) || !open(state, activity)) return false
  if (!free(turn, activity, event)) return false
  undo.remove(state.ready, activity.key)
  undo.remove(state.timers, activity.key)
  undo.set(activity, 'claim', { ref: turn.ref, session: event.session, alone: event.alone === true })
  undo.set(activity, 'begun', true)
  if (event.value) takeInput(turn, activity)
  return true
}

function free(turn: Turn, activity: Activity, event: StepClaimed): boolean {
  const timer = turn.state.timers.get(activity.key)
  if (timer && !turn.reached(timer.due)) return false
  if (!activity.claim) return event.over === undefined
  return activity.claim.ref === event.over && lose(turn, activity)
}

/** A claim lost together with others convicts nobody; only losses alone count. */
function lose(turn: Turn, activity: Activity): boolean {
  turn.undo.set(activity, 'lost', activity.lost + 1)
  if (activity.claim?.alone) turn.undo.set(activity, 'lostAlone', activity.lostAlone + 1)
  return true
}

/** What a schema made of the input is recorded once; later attempts get the same. */
function takeInput(turn: Turn, activity: Activity): void {
  turn.undo.set(activity, 'input', turn.ref)
  if (activity.part === 'body' && activity.frame.record) turn.undo.set(activity.frame.record, 'payload', turn.ref)
}

/** The activity that an outcome is about, if the claim it was made under still stands, or none was needed. */
export function claimed(
  turn: Turn,
  { at, claim }: { readonly at: string; readonly claim?: number },
): Activity | undefined {
  const activity = turn.state.activities.get(at)
  if (!activity || activity.claim?.ref !== claim) return undefined
  return activity.claim || turn.state.ready.has(at) ? activity : undefined
}

export function release(turn: Turn, event: StepReleased): boolean {
  const activity = claimed(turn, event)
  if (!activity) return false
  again(turn, activity, undefined)
  return true
}
