import type { Graph, GraphNode, Path } from './node.js'

/** The node under `parent` that a path's next number means. Loops and foreaches have one body for all numbers. */
export function childAt(parent: GraphNode, index: number): GraphNode | undefined {
  switch (parent.kind) {
    case 'workflow':
      return parent.graph.nodes[index]
    case 'sequence':
      return parent.nodes[index]
    case 'parallel':
    case 'branch':
      return parent.members[index]?.node
    case 'loop':
    case 'foreach':
      return index >= 0 ? parent.body : undefined
    default:
      return undefined
  }
}

/** The node at a path of a run or at a static place; undefined when the graph has nothing there. */
export function nodeAt(graph: Graph, path: Path): GraphNode | undefined {
  let node: GraphNode | undefined
  for (const [depth, index] of path.entries()) {
    node = depth === 0 ? graph.nodes[index] : node && childAt(node, index)
    if (!node) return undefined
  }
  return node
}

/** The nodes that a path goes through, outermost first; shorter than the path when the graph ends before it. */
export function nodesAlong(graph: Graph, path: Path): readonly GraphNode[] {
  const nodes: GraphNode[] = []
  let node: GraphNode | undefined
  for (const index of path) {
    node = node ? childAt(node, index) : graph.nodes[index]
    if (!node) break
    nodes.push(node)
  }
  return nodes
}

/** A path without what varies while a run goes on: every iteration and item index becomes 0. */
export function staticPath(path: Path, graph: Graph): Path {
  const result: number[] = []
  let node: GraphNode | undefined
  for (const [depth, index] of path.entries()) {
    result.push(node?.kind === 'loop' || node?.kind === 'foreach' ? 0 : index)
    node = depth === 0 ? graph.nodes[index] : node && childAt(node, index)
  }
  return result
}

/** The name under which a place's functions are kept: its static path, joined by dots. */
export function placeOf(path: Path, graph: Graph): string {
  return path.length === 1 ? String(path[0]) : staticPath(path, graph).join('.')
}
