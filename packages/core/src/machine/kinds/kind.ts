import type { GraphNode } from '../../graph/node.js'
import type { RunEvent } from '../event.js'
import type { Activity, Frame, Settled } from '../state.js'
import type { Turn } from '../turn.js'

/** What a kind of node means. One file per kind; the machine itself never asks which kind it has. */
export interface KindLogic<Node extends GraphNode = GraphNode> {
  /** Whether a result stands under the node's id: its own, one for all items, or none (a block). */
  readonly result: 'own' | 'of-items' | 'none'
  /** A workflow: ids, results and a bail do not reach beyond it. */
  readonly encloses?: true
  /** Runs one child again and again. */
  readonly iterates?: true
  /** Children run side by side: each writes state of its own. Members' is held back until the block ends. */
  readonly apart?: 'members' | 'items'
  /** The node's turn has come; `frame.input` is what it gets. */
  enter(turn: Turn, frame: Frame<Node>): void
  /** A child has come to its end; it is no longer among the children. */
  childSettled?(turn: Turn, frame: Frame<Node>, child: ChildEnd): void
  /** All that is left in one child is suspended. `true`: the frame ended on that. */
  childQuiet?(turn: Turn, frame: Frame<Node>, child: Frame): boolean
  /** All that is left in the frame is suspended. `true`: it has something to do before those around it are told. */
  fellQuiet?(turn: Turn, frame: Frame<Node>): boolean
  /** An activity of the frame was answered. `false`: the event means nothing here. */
  answered?(turn: Turn, activity: Activity<Node>, event: RunEvent): boolean
  /** The frame's own wait is over. */
  woken?(turn: Turn, frame: Frame<Node>): void
  /** A child in which everything was suspended is under way again. */
  childResumed?(turn: Turn, frame: Frame<Node>, child: Frame): void
  /** All that one resume names has been resumed. */
  resumed?(turn: Turn, frame: Frame<Node>): void
}

export interface ChildEnd {
  readonly slot: number
  readonly settled: Settled
  readonly frame: Frame
}
