import { again } from './activity.js'
import type { StepClaimed, StepReleased } from './event.js'
import { mayBegin } from './per-step.js'
import { startRecord, writeRecord } from './record.js'
import type { Ref } from './source.js'
import type { Activity, Claim } from './state.js'
import type { Turn } from './turn.js'

/** Losses alone in their process after which an activity is not tried again: it kills whoever runs it. */
export const MAX_LOST_ALONE = 3

/** The first claim in the journal wins; a later one only over a claim that it names as lost. */
export function claim(turn: Turn, event: StepClaimed): boolean {
  const { state, undo } = turn
  const activity = state.activities.get(event.at)
  if (!activity || !mayClaim(turn, activity, event)) return false
  if (activity.claim) lose(turn, activity, activity.claim)
  undo.remove(state.ready, activity.key)
  undo.remove(state.timers, activity.key)
  const { ref, stamp: since } = turn
  undo.set(activity, 'claim', { ref, since, session: event.session, alone: event.alone === true })
  undo.set(activity, 'begun', true)
  startRecord(turn, activity.frame)
  if (event.value) takeInput(turn, activity)
  return true
}

/** Who takes over a lost claim begins nothing new. */
function mayClaim(turn: Turn, activity: Activity, event: StepClaimed): boolean {
  return activity.claim ? activity.claim.ref === event.over : isFree(turn, activity, event)
}

/** Ready, or waiting for a retry whose moment has come. */
function isFree(turn: Turn, activity: Activity, { over }: StepClaimed): boolean {
  const { state } = turn
  if (over !== undefined || !mayBegin(state, activity)) return false
  if (state.ready.has(activity.key)) return true
  const retry = state.timers.get(activity.key)
  return retry !== undefined && turn.reached(retry.due)
}

/** A claim lost together with others convicts nobody; only losses alone count. */
function lose(turn: Turn, activity: Activity, { alone }: Pick<Claim, 'alone'>): void {
  turn.undo.set(activity, 'lost', activity.lost + 1)
  if (alone) turn.undo.set(activity, 'lostAlone', activity.lostAlone + 1)
}

/** What a schema made of the input is recorded once; later attempts get the same. */
function takeInput(turn: Turn, activity: Activity): void {
  turn.undo.set(activity, 'input', turn.ref)
  if (activity.part === 'body') writeRecord(turn, activity.frame, { payload: turn.ref })
}

interface Outcome {
  readonly at: string
  readonly claim?: Ref
}

/** The activity that was run under this claim, if the claim still stands. */
export function claimed({ state }: Turn, { at, claim }: Outcome): Activity | undefined {
  const activity = state.activities.get(at)
  return activity?.claim && activity.claim.ref === claim ? activity : undefined
}

/** The activity that an outcome is about, if the claim it was made under still stands, or none was needed. */
export function answerable(turn: Turn, outcome: Outcome): Activity | undefined {
  if (outcome.claim !== undefined) return claimed(turn, outcome)
  const activity = turn.state.ready.get(outcome.at)
  return activity && mayBegin(turn.state, activity) ? activity : undefined
}

export function release(turn: Turn, event: StepReleased): boolean {
  const activity = claimed(turn, event)
  if (!activity) return false
  // Whoever begins it next begins it again; but nobody died of it.
  lose(turn, activity, { alone: false })
  again(turn, activity, undefined)
  return true
}
