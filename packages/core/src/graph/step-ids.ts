import { visitNodes } from './children.js'
import type { Graph, GraphNode, Path, WorkflowNode } from './node.js'
import { nodesAlong } from './place.js'

interface Found {
  readonly node: GraphNode
  readonly path: Path
}

/** What has a record of its own in a result: steps, maps, sleeps, waits and nested workflows. */
export function hasRecord(node: GraphNode): boolean {
  return ['step', 'map', 'sleep', 'sleepUntil', 'waitForEvent', 'workflow'].includes(node.kind)
}

const indexes = new WeakMap<Graph, ReadonlyMap<string, Found>>()

/** Every record's id within one workflow, with its place. Ids are unique there. */
export function recordsOf(graph: Graph): ReadonlyMap<string, Found> {
  const known = indexes.get(graph)
  if (known) return known
  const index = new Map<string, Found>()
  visitNodes(graph.nodes, (node, path) => {
    if (hasRecord(node)) index.set(node.id, { node, path })
  })
  indexes.set(graph, index)
  return index
}

/** Ids of the nested workflows around a place and of the step there, outermost first. Blocks have no id of theirs here. */
export function idPathOf(graph: Graph, path: Path): readonly string[] {
  return nodesAlong(graph, path)
    .filter(hasRecord)
    .map((node) => node.id)
}

function inside(found: Found & { node: WorkflowNode }, rest: string | readonly string[]): readonly Path[] {
  return resolveIds(found.node.graph, rest).map((path) => [...found.path, ...path])
}

function isWorkflow(found: Found): found is Found & { node: WorkflowNode } {
  return found.node.kind === 'workflow'
}

/**
 * The static paths that a list of ids, outermost first, or a dotted text can mean. Ids may contain dots: an id that
 * is exactly the text wins over every reading that splits it; several readings give several paths.
 */
export function resolveIds(graph: Graph, ids: string | readonly string[]): readonly Path[] {
  const records = recordsOf(graph)
  if (typeof ids !== 'string') {
    const [first, ...rest] = ids
    const found = first === undefined ? undefined : records.get(first)
    if (!found) return []
    if (rest.length === 0) return [found.path]
    return isWorkflow(found) ? inside(found, rest) : []
  }
  const exact = records.get(ids)
  if (exact) return [exact.path]
  return [...records.values()]
    .filter(isWorkflow)
    .filter((found) => ids.startsWith(`${found.node.id}.`))
    .flatMap((found) => inside(found, ids.slice(found.node.id.length + 1)))
}
