import type { LoopNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import { cameTo, recordOf } from '../came-to.js'
import type { ConditionEvaluated } from '../event.js'
import { failActivity } from '../failure.js'
import { enter, settle, succeeded } from '../settle.js'
import type { Frame } from '../state.js'
import type { Turn } from '../turn.js'
import type { KindLogic } from './kind.js'

type Loop = Frame<LoopNode>

function enterBody(turn: Turn, frame: Loop): void {
  enter(turn, frame, { slot: frame.position, node: frame.node.body, input: frame.input })
}

function decide(turn: Turn, frame: Loop, event: ConditionEvaluated): void {
  const goesOn = event.is === (frame.node.loopType === 'dowhile')
  if (!goesOn) return settle(turn, frame, succeeded(frame.input))
  turn.undo.set(frame, 'position', frame.position + 1)
  enterBody(turn, frame)
}

/** The body runs at least once; each iteration gets what the one before returned. */
export const loopLogic: KindLogic<LoopNode> = {
  result: 'none',
  iterates: true,
  enter(turn, frame) {
    enterBody(turn, frame)
  },
  childSettled(turn, frame, { settled }) {
    if (settled.status !== 'success') return settle(turn, frame, settled)
    turn.undo.set(frame, 'input', settled.output)
    issue(turn, frame, { part: 'condition', input: settled.output })
  },
  /** What a loop that was left had got to is known from the record of its last iteration. */
  revisit(turn, frame, { slot }) {
    if (slot === frame.position) return { input: frame.input }
    turn.undo.set(frame, 'position', slot)
    return { input: recordOf(frame.inner.results, frame.node.body)?.payload }
  },
  cameTo: ({ body }, results) => cameTo(results, body),
  answered(turn, activity, event) {
    const { frame } = activity
    if (event.type === 'step-failed') return failActivity(turn, activity, event)
    if (event.type !== 'condition-evaluated') return false
    close(turn, activity)
    decide(turn, frame, event)
    return true
  },
}
