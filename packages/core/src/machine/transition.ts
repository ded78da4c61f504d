import type { WorkflowNode } from '../graph/node.js'
import { counts } from './activity.js'
import { queued } from './admission.js'
import { eventReceived, waitOver, waitPlaced } from './arrival.js'
import { tellCount } from './chunk.js'
import { answerable, claim, claimed, release } from './claim.js'
import type { ContextSet, RunEvent, StateSet, StepClaimed, TimerFired } from './event.js'
import { failed } from './failure.js'
import { kinds } from './kinds/index.js'
import { conclude } from './kinds/workflow.js'
import {
  admitted,
  callbackSettled,
  cancel,
  continued,
  ended,
  restarted,
  rested,
  resumed,
  start,
  wakeRun,
} from './lifecycle.js'
import { writeState } from './overlay.js'
import { startRecord } from './record.js'
import { NOTHING, partOf } from './source.js'
import type { Activity, Frame, Timer } from './state.js'
import { isFresh, tellBegun } from './telling.js'
import { travelled } from './travel.js'
import type { Turn } from './turn.js'
import type { EventReceived, WaitPlaced } from './wait-event.js'

/**
 * Folds one fact into the state. `false`: it means nothing here (a duplicate, a superseded claim, too late, too
 * early), and nothing has changed.
 */
export function transition(turn: Turn, event: RunEvent): boolean {
  switch (event.type) {
    case 'run-started':
      return start(turn, event)
    case 'step-claimed':
      return claim(turn, event)
    case 'step-released':
      return release(turn, event)
    case 'state-set':
      return stateSet(turn, event)
    case 'context-set':
      return contextSet(turn, event)
    case 'timer-fired':
      return timerFired(turn, event)
    case 'wait-placed':
      return waitPlaced(turn, event)
    case 'event-received':
      return eventReceived(turn, event)
    case 'run-resumed':
      return resumed(turn, event)
    case 'run-continued':
      return continued(turn, event)
    case 'run-restarted':
      return restarted(turn, event)
    case 'time-travelled':
      return travelled(turn, event)
    case 'run-queued':
      return queued(turn, event)
    case 'run-admitted':
      return admitted(turn, event)
    case 'cancel-requested':
      return cancel(turn)
    case 'run-rested':
      return rested(turn, event)
    case 'run-ended':
      return ended(turn, event)
    case 'graph-recorded':
      return false
    default:
      return answered(turn, event)
  }
}

type Answer = Exclude<
  Extract<RunEvent, { readonly at: string; readonly claim?: number }>,
  StepClaimed | TimerFired | WaitPlaced | EventReceived
>

function answered(turn: Turn, event: Answer): boolean {
  const activity = answerable(turn, event)
  if (!activity) return false
  const { frame } = activity
  if (counts(activity)) {
    const before = turn.told?.length ?? 0
    if (isFresh(activity)) begins(turn, activity, event)
    if (event.live) tellCount(turn, event, event.live)
    const isMeant = kinds[frame.node.kind].answered?.(turn, activity, event) === true
    if (isMeant) startRecord(turn, frame)
    else turn.told?.splice(before)
    return isMeant
  }
  return event.type === 'callback-settled' && callbackSettled(turn, activity, event)
}

/** It is answered without anybody having claimed it: with what its schema made of its input, if that is the answer. */
function begins(turn: Turn, { frame }: Activity, event: Answer): void {
  tellBegun(turn, frame, event.type === 'input-parsed' && event.value ? turn.ref : undefined)
}

function stateSet(turn: Turn, event: StateSet): boolean {
  const activity = claimed(turn, event)
  if (!activity || turn.state.phase === 'ended') return false
  writeState(turn, activity.frame, event.keys)
  return true
}

function contextSet(turn: Turn, event: ContextSet): boolean {
  if (!claimed(turn, event) || turn.state.phase === 'ended') return false
  const { state, undo } = turn
  for (const key of event.keys) undo.put(state.context, key, { by: turn.ref, source: partOf(turn.ref, key) })
  for (const key of event.deleted ?? []) undo.put(state.context, key, undefined)
  return true
}

function timerFired(turn: Turn, event: TimerFired): boolean {
  const timer = turn.state.timers.get(event.at)
  if (!timer || timer.what === 'retry' || turn.state.rest === 'paused' || !turn.reached(timer.due)) return false
  if (timer.what === 'wake' && !timer.frame.parent) wakeRun(turn)
  else if (timer.what === 'event') waitOver(turn, timer.frame, event.value ? turn.ref : NOTHING)
  else if (timer.what === 'wake') kinds[timer.frame.node.kind].woken?.(turn, timer.frame)
  else timeUp(turn, timer, event.value ? turn.ref : NOTHING)
  return true
}

/** The time of a workflow is over: what runs in it is dropped, and it has failed. */
function timeUp(turn: Turn, timer: Timer, error: number): void {
  const frame = timer.frame as Frame<WorkflowNode>
  conclude(turn, frame, failed({ error, tripwire: false, nonRetryable: false }))
}
