import type { GraphNode } from './node.js'

/** The nodes directly inside a node, in the order of their static index. A nested workflow's are its own business. */
export function childrenOf(node: GraphNode): readonly GraphNode[] {
  switch (node.kind) {
    case 'sequence':
      return node.nodes
    case 'parallel':
    case 'branch':
      return node.members.map((member) => member.node)
    case 'loop':
    case 'foreach':
      return [node.body]
    default:
      return []
  }
}

/** Visits the nodes of one workflow in order, blocks before what is in them; nested workflows are not entered. */
export function visitNodes(
  nodes: readonly GraphNode[],
  visit: (node: GraphNode, path: readonly number[]) => void,
  prefix: readonly number[] = [],
): void {
  nodes.forEach((node, index) => {
    const path = [...prefix, index]
    visit(node, path)
    visitNodes(childrenOf(node), visit, path)
  })
}
