import { childrenOf } from '../graph/children.js'
import type { GraphNode } from '../graph/node.js'
import { recordOf, withRecords } from './came-to.js'
import { inPlaceOrder, recordId } from './frame.js'
import { kinds } from './kinds/index.js'
import { empty } from './settle.js'
import { partOf, type Source } from './source.js'
import type { Frame, StepRecord } from './state.js'
import type { Turn } from './turn.js'

/** What a step is taken to have come to of which nothing is known: `{}`. */
export const EMPTY: Source = { fields: [] }

/** Takes a child out, with all that is outstanding in it. */
export function drop(turn: Turn, frame: Frame, slot: number): void {
  const child = frame.children?.get(slot)
  if (!child) return
  empty(turn, child)
  turn.undo.remove(frame.children, slot)
}

export function dropAll(turn: Turn, frame: Frame): void {
  for (const { slot } of inPlaceOrder(frame)) drop(turn, frame, slot)
}

/** Nothing of the nodes shows in results any more. */
export function forget(turn: Turn, frame: Frame, nodes: readonly GraphNode[]): void {
  const { results } = frame.inner
  const ids = nodes.flatMap(withRecords).map(recordId)
  if (ids.some((id) => results.has(id))) turn.undo.removeAll(results, ids)
}

/** Whatever a node came to, it counts as done; where nothing was known, with the output that is given. */
export function standIn(turn: Turn, frame: Frame, { node, output }: StandIn): void {
  const { result, spares } = kinds[node.kind]
  if (result !== 'none') return standInStep(turn, frame, { node, output })
  for (const part of partsOf(node, output)) {
    if (!spares?.(node, frame.inner.results, part.node)) standIn(turn, frame, part)
  }
}

interface StandIn {
  readonly node: GraphNode
  readonly output: Source | undefined
}

/** What a block came to is made of what its members did; other blocks hand on what is in them. */
function partsOf(node: GraphNode, output: Source | undefined): readonly StandIn[] {
  if (output === undefined || !('members' in node)) return childrenOf(node).map((child) => ({ node: child, output }))
  return node.members.map((member) => ({ node: member.node, output: partOf(output, member.key) }))
}

function standInStep(turn: Turn, { inner: { results } }: Frame, { node, output = EMPTY }: StandIn): void {
  const record = recordOf(results, node)
  if (record?.status === 'success' || record?.status === 'bailed') return
  const id = recordId(node)
  turn.undo.put(results, id, doneRecord(turn, id, { payload: record?.payload ?? EMPTY, output }))
}

type Came = Pick<StepRecord, 'payload' | 'output'>

/** A record as of a step that has succeeded just now. */
export const doneRecord = ({ stamp }: Turn, id: string, { payload, output }: Came): StepRecord => ({
  id,
  status: 'success',
  payload,
  output,
  failure: undefined,
  startedAt: stamp,
  endedAt: stamp,
  suspension: undefined,
  suspendedAt: undefined,
  resume: undefined,
  resumedAt: undefined,
  iterationCount: undefined,
  counted: undefined,
  done: undefined,
  inner: undefined,
  items: undefined,
})
