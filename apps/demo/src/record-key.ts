import { type Graph, type GraphNode, nodesAlong, type Path } from '@wf/core'

/** The key under which `runs.get` tells of the step at this place of a run, such as `pack[2].wrap`. */
export function recordKey(graph: Graph, path: Path): string {
  const nodes = nodesAlong(graph, path)
  return nodes.flatMap((node, depth) => (isNamed(node) ? [named(node, { nodes, path, depth })] : [])).join('.')
}

interface Along {
  readonly nodes: readonly GraphNode[]
  readonly path: Path
  readonly depth: number
}

const isNamed = ({ kind }: GraphNode): boolean => ['step', 'map', 'sleep', 'workflow'].includes(kind)

const named = ({ id }: GraphNode, { nodes, path, depth }: Along): string =>
  nodes[depth - 1]?.kind === 'foreach' ? `${id}[${path[depth]}]` : id
