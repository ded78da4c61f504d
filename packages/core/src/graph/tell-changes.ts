import type { GraphChange, PlacedNode } from './changes-between.js'
import type { Graph } from './node.js'
import { formatPath } from './path.js'
import { idPathOf, resolveIds } from './step-ids.js'

interface Graphs {
  readonly before: Graph
  readonly after: Graph
}

const named = ({ kind, id }: PlacedNode): string => `${kind} "${id}"`

/** Where a step is now that has only moved. Blocks have no ids by which they could be found again. */
function movedTo(graphs: Graphs, { path, before }: GraphChange): string | undefined {
  const ids = idPathOf(graphs.before, path)
  if (!before || ids.at(-1) !== before.id) return undefined
  return resolveIds(graphs.after, ids)
    .map(formatPath)
    .find((place) => place !== formatPath(path))
}

/** One change of a graph in words. Places are paths that count from 0. */
export function tellChange(graphs: Graphs, change: GraphChange): string {
  const place = formatPath(change.path)
  const { before, after } = change
  if (!before) return `${after ? named(after) : 'nothing'} is at ${place}, where nothing was`
  const moved = movedTo(graphs, change)
  if (moved !== undefined) return `${named(before)} has moved from ${place} to ${moved}`
  return after ? `${named(before)} at ${place} is ${named(after)} now` : `${named(before)} at ${place} was removed`
}
