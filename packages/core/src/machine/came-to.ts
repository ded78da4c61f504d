import type { GraphNode } from '../graph/node.js'
import { recordId } from './frame.js'
import { kinds } from './kinds/index.js'
import type { Source } from './source.js'
import type { Results } from './state.js'

/** What a node that is over came to, as its record or those of its steps tell; nothing where they do not. */
export function cameTo(results: Results, node: GraphNode): Source | undefined {
  const { result, cameTo: ofBlock } = kinds[node.kind]
  if (result === 'none') return ofBlock?.(node, results)
  const record = results.get(recordId(node))
  return record?.status === 'success' || record?.status === 'bailed' ? record.output : undefined
}
