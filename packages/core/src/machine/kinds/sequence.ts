import type { GraphNode, SequenceNode } from '../../graph/node.js'
import { bailIn, cameTo } from '../came-to.js'
import { dropAll, forget, standIn } from '../revisit.js'
import { enter, settle, succeeded } from '../settle.js'
import { present } from '../source.js'
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
export function revisitNode(turn: Turn, frame: Frame, { nodes, slot, given, stays }: Revisiting): Revisited {
  if (stays) return { input: frame.input }
  dropAll(turn, frame)
  turn.undo.set(frame, 'position', slot)
  nodes.forEach((node, at) => {
    if (at < slot) standIn(turn, frame, { node, output: at === slot - 1 ? given : undefined })
  })
  forget(turn, frame, nodes.slice(slot + 1))
  const before = nodes[slot - 1]
  return { input: before ? cameTo(frame.inner.results, before) : frame.input }
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
  cameTo(node, results) {
    const outputs = present(node.nodes.map((one) => cameTo(results, one)))
    return bailIn(results, node) ?? (outputs.length === node.nodes.length ? outputs.at(-1) : undefined)
  },
}
