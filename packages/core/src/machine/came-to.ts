import { childrenOf } from '../graph/children.js'
import type { GraphNode } from '../graph/node.js'
import { recordId } from './frame.js'
import { kinds } from './kinds/index.js'
import { present, type Source } from './source.js'
import type { Results, StepRecord } from './state.js'

/** A block has no record of its own, although a step may bear the same id. */
export const recordOf = (results: Results, node: GraphNode): StepRecord | undefined =>
  kinds[node.kind].result === 'none' ? undefined : results.get(recordId(node))

/** What stands for a block: the steps in it that have records. */
export const withRecords = (node: GraphNode): readonly GraphNode[] =>
  kinds[node.kind].result === 'none' ? childrenOf(node).flatMap(withRecords) : [node]

export const isKnown = (results: Results, node: GraphNode): boolean =>
  withRecords(node).some((step) => results.has(recordId(step)))

/** What a node that is over came to, as its record or those of its steps tell; nothing where they do not. */
export function cameTo(results: Results, node: GraphNode): Source | undefined {
  const { result, cameTo: ofBlock } = kinds[node.kind]
  if (result === 'none') return ofBlock?.(node, results)
  const record = recordOf(results, node)
  return record?.status === 'success' || record?.status === 'bailed' ? record.output : undefined
}

/** What a step in a node ended the member around it with. */
export function bailIn(results: Results, node: GraphNode): Source | undefined {
  const { result, apart } = kinds[node.kind]
  if (apart === 'members') return undefined
  if (result === 'none') return present(childrenOf(node).map((child) => bailIn(results, child)))[0]
  const record = recordOf(results, node)
  return record?.status === 'bailed' ? record.output : undefined
}
