import type { LoopNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import { cameTo } from '../came-to.js'
import type { ConditionEvaluated } from '../event.js'
import { failActivity } from '../failure.js'
import { recordId } from '../frame.js'
import { enter, settle, succeeded } from '../settle.js'
import { NOTHING } from '../source.js'
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
  /** Of the iterations only the last one's input is known, and what the first one gets. */
  revisit(turn, frame, { slot }) {
    turn.undo.set(frame, 'position', slot)
    const input = slot === 0 ? frame.input : (frame.inner.results.get(recordId(frame.node.body))?.payload ?? NOTHING)
    return { input }
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
