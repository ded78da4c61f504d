import type { LoopNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import type { ConditionEvaluated } from '../event.js'
import { failActivity } from '../failure.js'
import { enter, settle, succeeded } from '../settle.js'
import { NOTHING } from '../source.js'
import type { Activity, Frame } from '../state.js'
import type { Turn } from '../turn.js'
import type { KindLogic } from './kind.js'

type Loop = Frame<LoopNode>

function decideIteration(turn: Turn, frame: Loop, asked: Asked): void {
  const { activity, event } = asked
  const output = frame.outputs[0] ?? NOTHING
  close(turn, activity)
  const goesOn = event.is === (frame.node.loopType === 'dowhile')
  if (!goesOn) return settle(turn, frame, succeeded(output))
  turn.undo.set(frame, 'position', frame.position + 1)
  enter(turn, frame, { slot: frame.position, node: frame.node.body, input: output })
}

interface Asked {
  readonly activity: Activity
  readonly event: ConditionEvaluated
}

/** The body runs at least once; each iteration gets what the one before returned. */
export const loopLogic: KindLogic<LoopNode> = {
  result: 'none',
  iterates: true,
  enter(turn, frame) {
    enter(turn, frame, { slot: 0, node: frame.node.body, input: frame.input })
  },
  childSettled(turn, frame, { settled }) {
    if (settled.status !== 'success') return settle(turn, frame, settled)
    turn.undo.set(frame.outputs, 0, settled.output)
    issue(turn, frame, { part: 'condition', input: settled.output })
  },
  answered(turn, frame, event) {
    const activity = frame.activity
    if (!activity) return false
    if (event.type === 'step-failed') return failActivity(turn, activity, event)
    if (event.type !== 'condition-evaluated') return false
    decideIteration(turn, frame, { activity, event })
    return true
  },
}
