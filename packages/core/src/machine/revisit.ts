import { childrenOf } from '../graph/children.js'
import type { GraphNode } from '../graph/node.js'
import { recordId } from './frame.js'
import { kinds } from './kinds/index.js'
import { empty } from './settle.js'
import { partOf, type Source } from './source.js'
import type { Frame, Results, StepRecord } from './state.js'
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
  for (const slot of [...(frame.children?.keys() ?? [])]) drop(turn, frame, slot)
}

/** A block has no record of its own: what is meant are those of the steps in it. */
const withRecords = (node: GraphNode): readonly GraphNode[] =>
  kinds[node.kind].result === 'none' ? childrenOf(node).flatMap(withRecords) : [node]

export const isKnown = (results: Results, node: GraphNode): boolean =>
  withRecords(node).some((step) => results.has(recordId(step)))

/** Nothing of the node shows in results any more. */
export function forget(turn: Turn, frame: Frame, node: GraphNode): void {
  for (const step of withRecords(node)) turn.undo.remove(frame.inner.results, recordId(step))
}

/** Whatever a node came to, it counts as done; where nothing was known, with the output that is given. */
export function standIn(turn: Turn, frame: Frame, { node, output }: StandIn): void {
  const { result, optional } = kinds[node.kind]
  const { results } = frame.inner
  if (result !== 'none') return standInStep(turn, frame, { node, output })
  childrenOf(node).forEach((child, slot) => {
    const part = 'members' in node && output !== undefined ? partOf(output, node.members[slot]?.key ?? '') : output
    if (!optional || isKnown(results, child)) standIn(turn, frame, { node: child, output: part })
  })
}

interface StandIn {
  readonly node: GraphNode
  readonly output: Source | undefined
}

function standInStep(turn: Turn, { inner: { results } }: Frame, { node, output = EMPTY }: StandIn): void {
  const id = recordId(node)
  const record = results.get(id)
  if (record?.status === 'success' || record?.status === 'bailed') return
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
