import type { GraphNode, SequenceNode } from '../../graph/node.js'
import { enter, settle, succeeded } from '../settle.js'
import type { Frame, Settled } from '../state.js'
import type { Turn } from '../turn.js'
import type { KindLogic } from './kind.js'

export function enterFirst(turn: Turn, frame: Frame, nodes: readonly GraphNode[]): void {
  turn.undo.set(frame, 'position', -1)
  advance(turn, frame, { nodes, ended: succeeded(frame.input) })
}

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
    enterFirst(turn, frame, frame.node.nodes)
  },
  childSettled(turn, frame, { settled }) {
    if (settled.status === 'success' && advance(turn, frame, { nodes: frame.node.nodes, ended: settled })) return
    settle(turn, frame, settled)
  },
}
