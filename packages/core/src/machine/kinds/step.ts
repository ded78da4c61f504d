import type { MapNode, StepNode } from '../../graph/node.js'
import { close, issue, suspend } from '../activity.js'
import { inputParsed } from '../claim.js'
import type { RunEvent, StepSuspended } from '../event.js'
import { failActivity } from '../failure.js'
import { markStep } from '../per-step.js'
import { writeRecord } from '../record.js'
import { bailed, settle, succeeded } from '../settle.js'
import { NOTHING, partOf } from '../source.js'
import type { Activity, Frame } from '../state.js'
import { tellStep } from '../telling.js'
import type { Turn } from '../turn.js'
import { startWait } from '../waits.js'
import type { KindLogic } from './kind.js'

type Leaf = Frame<StepNode | MapNode>

function leave(turn: Turn, activity: Activity): void {
  markStep(turn)
  close(turn, activity)
}

function suspendBody(turn: Turn, activity: Activity, event: StepSuspended): void {
  const { ref, stamp } = turn
  const suspension = {
    payload: partOf(ref, 'payload'),
    output: event.output ? partOf(ref, 'output') : NOTHING,
    labels: event.labels ?? [],
    by: ref,
  }
  writeRecord(turn, activity.frame, { status: 'suspended', suspension, suspendedAt: stamp })
  tellStep(turn, 'step-suspended', activity.frame)
  // A block around may end on the suspension, and take the wait with it.
  if (event.awaits) startWait(turn, activity.frame, event.awaits)
  suspend(turn, activity, suspension)
}

function answered(turn: Turn, activity: Activity, event: RunEvent): boolean {
  const { frame } = activity
  switch (event.type) {
    case 'step-succeeded':
      leave(turn, activity)
      settle(turn, frame, succeeded(event.value ? turn.ref : NOTHING))
      return true
    case 'step-bailed':
      leave(turn, activity)
      settle(turn, frame, bailed(event.value ? turn.ref : NOTHING))
      return true
    case 'step-suspended':
      suspendBody(turn, activity, event)
      return true
    case 'step-failed':
      return failActivity(turn, activity, event)
    case 'input-parsed':
      return inputParsed(turn, activity, event)
    default:
      return false
  }
}

const enter = (turn: Turn, frame: Leaf): void => issue(turn, frame, { part: 'body', input: frame.input })

export const stepLogic: KindLogic<StepNode> = { result: 'own', enter, answered }

/** A mapping is a step whose body is given by the builder. */
export const mapLogic: KindLogic<MapNode> = { result: 'own', enter, answered }
