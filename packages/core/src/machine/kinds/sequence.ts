import type { GraphNode, SequenceNode } from '../../graph/node.js'
import { cameTo } from '../came-to.js'
import { dropAll, EMPTY, forget, standIn } from '../revisit.js'
import { enter, settle, succeeded } from '../settle.js'
import type { Frame, Settled } from '../state.js'
import type { Turn } from '../turn.js'
import type { KindLogic, Revisit, Revisited } from './kind.js'

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

/** What precedes the place stands, also where nothing is known of it; what follows is forgotten. */
export function revisitNode(turn: Turn, frame: Frame, { nodes, slot, given }: Revisiting): Revisited {
  dropAll(turn, frame)
  turn.undo.set(frame, 'position', slot)
  nodes.forEach((node, at) => {
    if (at < slot) standIn(turn, frame, { node, output: at === slot - 1 ? given : undefined })
    if (at > slot) forget(turn, frame, node)
  })
  const before = nodes[slot - 1]
  return { input: before ? (cameTo(frame.inner.results, before) ?? EMPTY) : frame.input }
}

interface Revisiting extends Revisit {
  readonly nodes: readonly GraphNode[]
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
  revisit: (turn, frame, place) => revisitNode(turn, frame, { ...place, nodes: frame.node.nodes }),
  cameTo({ nodes }, results) {
    const last = nodes.at(-1)
    return last && cameTo(results, last)
  },
}
