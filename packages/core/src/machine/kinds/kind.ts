import type { GraphNode } from '../../graph/node.js'
import type { RunEvent } from '../event.js'
import type { Child } from '../settle.js'
import type { Source } from '../source.js'
import type { Activity, Frame, Results, Settled, StepRecord } from '../state.js'
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
  /** A time travel goes to a place below: what precedes it stands, the rest is dropped or has to run again. */
  revisit?(turn: Turn, frame: Frame<Node>, place: Revisit): Revisited
  /** That place is there, and will be under way. */
  revisited?(turn: Turn, frame: Frame<Node>, child: Frame): void
  /** A time travel goes through a frame that was left: it takes up what was recorded of it. */
  restore?(turn: Turn, frame: Frame<Node>, before: StepRecord): void
  /** Of a block: what it came to, as far as its steps' records tell. */
  cameTo?(node: Node, results: Results): Source | undefined
  /** A member that the block succeeds without, or in spite of. */
  spares?(node: Node, results: Results, member: GraphNode): boolean
  /** All that one resume names has been resumed. */
  resumed?(turn: Turn, frame: Frame<Node>): void
}

export interface ChildEnd {
  readonly slot: number
  readonly settled: Settled
  readonly frame: Frame
}

/** A place to be entered again, and what comes to it, where that was given. */
export interface Revisit {
  readonly slot: number
  readonly given: Source | undefined
  /** What is there is not entered but gone through. */
  readonly stays: boolean
}

/** What a place that is entered again gets, and its siblings that have to run again as well. */
export interface Revisited {
  readonly input: Source | undefined
  readonly others?: readonly Child[]
}
