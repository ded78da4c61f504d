import type { Graph, GraphNode } from '../graph/node.js'
import { nodesAlong } from '../graph/place.js'
import { counts } from './activity.js'
import { kinds } from './kinds/index.js'
import type { Frame, RunState } from './state.js'

/** One step of the way to a place: which child of a node, and what stands there. */
export interface Place {
  readonly slot: number
  readonly node: GraphNode
}

export type Places = readonly [Place, ...Place[]]

export const isWay = (places: readonly Place[]): places is Places => places.length > 0

/** The way from the root; empty when the graph has no such place. */
export function placesTo(graph: Graph, path: string): readonly Place[] {
  const slots = path.split('.').map(Number)
  const nodes = nodesAlong(graph, slots)
  return nodes.length === slots.length ? nodes.map((node, at) => ({ slot: Number(slots[at]), node })) : []
}

/** Nothing of the run is in flight, its callbacks included. */
export const isQuiet = ({ phase, rest, root: { activity }, callbacks }: RunState): boolean =>
  (phase === 'unstarted' || phase === 'ended' || rest !== undefined) &&
  (!activity || counts(activity)) &&
  callbacks.length === 0

/** Whether a frame is gone through on the way to a place right below it. A loop only to the iteration that it is in. */
export const stays = (frame: Frame, { slot }: Place): boolean =>
  !kinds[frame.node.kind].iterates || frame.children?.has(slot) === true
