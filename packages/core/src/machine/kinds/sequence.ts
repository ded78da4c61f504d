import type { GraphNode, SequenceNode } from '../../graph/node.js'
import { enter, settle } from '../settle.js'
import type { Frame, Settled } from '../state.js'
import type { Turn } from '../turn.js'
import type { KindLogic } from './kind.js'

/** Enters the node behind the one that ended. `false`: there is none. */
export function advance(turn: Turn, frame: Frame, { nodes, ended }: Advance): boolean {
  const position = frame.position + 1
  const node = nodes[position]
  if (!node) return false
  turn.undo.set(frame, 'position', position)
  enter(turn, frame, { slot: position, node, input: ended.output })
  return true
}

interface Advance {
  readonly nodes: readonly GraphNode[]
  readonly ended: Settled
}

export const sequenceLogic: KindLogic<SequenceNode> = {
  result: 'none',
  enter(turn, frame) {
    const first = frame.node.nodes[0]
    if (first) enter(turn, frame, { slot: 0, node: first, input: frame.input })
  },
  childSettled(turn, frame, { settled }) {
    if (settled.status === 'success' && advance(turn, frame, { nodes: frame.node.nodes, ended: settled })) return
    settle(turn, frame, settled)
  },
}
