import type { Graph, GraphNode, Path } from './node.js'
import { nodesAlong, staticPath } from './place.js'

export interface PlacedNode {
  readonly kind: GraphNode['kind']
  readonly id: string
}

/** A place that a run has been at and that the other graph has not, or has as something else. */
export interface GraphChange {
  readonly path: Path
  readonly before?: PlacedNode
  readonly after?: PlacedNode
}

function described(node: GraphNode | undefined): PlacedNode | undefined {
  return node && { kind: node.kind, id: node.id }
}

function changeOf(path: Path, before: PlacedNode | undefined, after: PlacedNode | undefined): GraphChange | undefined {
  if (before?.kind === after?.kind && before?.id === after?.id) return undefined
  return { path, ...(before && { before }), ...(after && { after }) }
}

/**
 * What keeps a run of the old graph from going on with the new one: places that its journal mentions, or blocks
 * around them, whose kind or id is another. Empty: the run may go on.
 */
export function changesBetween(before: Graph, after: Graph, mentioned: Iterable<Path>): readonly GraphChange[] {
  const changes = new Map<string, GraphChange>()
  const seen = new Set<string>()
  for (const path of mentioned) {
    const place = staticPath(path, before)
    if (seen.has(place.join('.'))) continue
    seen.add(place.join('.'))
    const old = nodesAlong(before, place)
    const now = nodesAlong(after, place)
    for (const depth of place.keys()) {
      const change = changeOf(place.slice(0, depth + 1), described(old[depth]), described(now[depth]))
      if (!change) continue
      changes.set(change.path.join('.'), change)
      break
    }
  }
  return [...changes.values()]
}
