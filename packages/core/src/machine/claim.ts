import { again } from './activity.js'
import { gateAhead } from './admission.js'
import { tellAgain } from './chunk.js'
import type { InputParsed, StepClaimed, StepReleased } from './event.js'
import { mayBegin } from './per-step.js'
import { startRecord, writeRecord } from './record.js'
import type { Ref } from './source.js'
import type { Activity, Claim } from './state.js'
import { isFresh, tellBegun } from './telling.js'
import type { Turn } from './turn.js'

/**
 * Losses as the only suspect after which an activity is not tried again: it kills whoever runs it. One more costs a
 * process, one less a run where processes die for other reasons before they have done much.
 */
export const MAX_LOST_ALONE = 4

/** The first claim in the journal wins; a later one only over a claim that it names as lost, or for the next that is like it. */
export function claim(turn: Turn, event: StepClaimed): boolean {
  const { state, undo } = turn
  const named = namedBy(turn, event)
  const activity = named ?? nextLike(turn, event)
  if (!activity) return false
  const isFirst = isFresh(activity)
  if (activity.claim) loseTo(turn, activity, activity.claim)
  undo.remove(state.ready, activity.key)
  undo.remove(state.timers, activity.key)
  const { ref, stamp: since } = turn
  undo.set(activity, 'claim', { ref, since, session: event.session, alone: event.alone === true })
  startRecord(turn, activity.frame)
  if (named) takeInput(turn, named, event)
  if (isFirst) tellBegun(turn, activity.frame)
  if (activity.wrote) beginAgain(turn, activity)
  turn.took = activity
  return true
}

/** The activity that is meant, if it may be claimed. */
function namedBy(turn: Turn, event: StepClaimed): Activity | undefined {
  const activity = turn.state.activities.get(event.at)
  return activity && isMeant(turn, activity, event) && mayClaim(turn, activity, event) ? activity : undefined
}

/** What was decided on another state means the activity that was seen there; and how many may run at once was not known. */
const isMeant = ({ state }: Turn, { seq }: Activity, event: StepClaimed): boolean =>
  event.seq === undefined || (event.seq === seq && !state.perStep)

const nextLike = ({ state }: Turn, { at, orNext }: StepClaimed): Activity | undefined =>
  orNext && !state.perStep && !gateAhead(state) ? state.ready.firstLike(at) : undefined

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

/** Nobody knows what was written under a claim whose process is gone. */
function loseTo(turn: Turn, activity: Activity, lost: Claim): void {
  lose(turn, activity, lost)
  turn.undo.set(activity, 'wrote', activity.part === 'body')
}

function beginAgain(turn: Turn, activity: Activity): void {
  turn.undo.set(activity, 'wrote', false)
  tellAgain(turn, activity)
}

/** An input that was looked at is not looked at again, and what a schema made of it is recorded once. */
function takeInput(turn: Turn, activity: Activity, { value }: StepClaimed | InputParsed): void {
  if (value && !activity.begun) recordInput(turn, activity)
  turn.undo.set(activity, 'begun', true)
}

function recordInput(turn: Turn, activity: Activity): void {
  turn.undo.set(activity, 'input', turn.ref)
  if (activity.part === 'body') writeRecord(turn, activity.frame, { payload: turn.ref })
}

/** It was claimed before anybody had looked at its input, which has turned out to be fit. */
export function inputParsed(turn: Turn, activity: Activity, event: InputParsed): boolean {
  if (!activity.claim || activity.begun) return false
  takeInput(turn, activity, event)
  return true
}

interface Outcome {
  readonly at: string
  readonly claim?: Ref
  readonly seq?: number
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
  if (outcome.seq !== undefined && outcome.seq !== activity?.seq) return undefined
  return activity && mayBegin(turn.state, activity) ? activity : undefined
}

export function release(turn: Turn, event: StepReleased): boolean {
  const activity = claimed(turn, event)
  if (!activity) return false
  // Whoever begins it next begins it again; but nobody died of it.
  lose(turn, activity, { alone: false })
  if (event.wrote) turn.undo.set(activity, 'wrote', true)
  again(turn, activity, undefined)
  return true
}
