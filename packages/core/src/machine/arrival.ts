import { close } from './activity.js'
import { bump } from './busy.js'
import { failed } from './failure.js'
import { tellResumed } from './lifecycle.js'
import { markStep } from './per-step.js'
import { resumeActivity } from './resume.js'
import { settle, succeeded } from './settle.js'
import { NOTHING, type Ref, type Source } from './source.js'
import type { Activity, Frame, Wait } from './state.js'
import { tellRun } from './telling.js'
import type { Turn } from './turn.js'
import type { EventReceived, WaitPlaced } from './wait-event.js'
import { endWait, leaveWait } from './waits.js'

/** What a wait has come to: a payload, or an error. */
type Came = { readonly payload: Source } | { readonly error: Ref }

/** The wait that a fact is about, and no later one at that place. */
function waitOf({ state }: Turn, { at, of }: WaitPlaced | EventReceived): Wait | undefined {
  const wait = state.waits.get(at)
  return wait?.of === of ? wait : undefined
}

export function waitPlaced(turn: Turn, event: WaitPlaced): boolean {
  const wait = waitOf(turn, event)
  if (!wait || !turn.state.unplaced.has(wait.at)) return false
  turn.undo.remove(turn.state.unplaced, wait.at)
  return true
}

/** While the run is paused nothing reaches it. */
export function eventReceived(turn: Turn, event: EventReceived): boolean {
  const wait = waitOf(turn, event)
  if (!wait || turn.state.rest === 'paused') return false
  const value = event.value ? turn.ref : NOTHING
  endWait(turn, wait)
  arrive(turn, wait.frame, event.failed ? { error: value } : { payload: value })
  return true
}

/** No event has come in time. */
export function waitOver(turn: Turn, frame: Frame, error: Ref): void {
  const orNull = turn.state.waits.get(frame.path)?.orNull
  leaveWait(turn, frame.path)
  arrive(turn, frame, orNull ? { payload: null } : { error })
}

function arrive(turn: Turn, frame: Frame, came: Came): void {
  wakeUp(turn)
  const activity = turn.state.suspended.get(frame.path)
  if (activity) return resume(turn, activity, came)
  bump(turn, frame, -1)
  markStep(turn)
  settle(turn, frame, 'error' in came ? failure(came.error) : succeeded(came.payload))
}

/** A run that is suspended goes on; one that goes step by step goes on as it did. */
function wakeUp(turn: Turn): void {
  if (turn.state.rest === undefined) return
  turn.undo.set(turn.state, 'rest', undefined)
  tellRun(turn, 'run-goes-on')
}

const failure = (error: Ref) => failed({ error, tripwire: false, nonRetryable: false })

/** What fails is resumed as well, so that those around know that it is not suspended any more. */
function resume(turn: Turn, activity: Activity, came: Came): void {
  const data = 'error' in came ? NOTHING : came.payload
  resumeActivity(turn, activity, { resume: { data, by: turn.ref }, attempt: 0 })
  if (!('error' in came)) return tellResumed(turn, activity.frame)
  markStep(turn)
  close(turn, activity)
  settle(turn, activity.frame, failure(came.error))
}
