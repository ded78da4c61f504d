import { type Graph, nodesAlong, type Path } from '@wf/core'
import type { LogEntry } from './event-log.js'

const SIDE_BY_SIDE: ReadonlySet<string> = new Set(['parallel', 'branch', 'foreach'])

/**
 * Whether two entries may come in either order: everything that the one is about lies in another member (or item) of
 * some block than everything that the other is about. The block may be at any depth; that it is the same iteration of a loop
 * and the same item around it is part of its path. What is about the run, or about the block itself, moves past nothing.
 */
export function independent(graph: Graph, one: LogEntry, other: LogEntry): boolean {
  if (one.places.length === 0 || other.places.length === 0) return false
  return one.places.every((path) => other.places.every((beside) => inOtherMembers(graph, path, beside)))
}

function inOtherMembers(graph: Graph, one: Path, other: Path): boolean {
  const depth = one.findIndex((index, at) => index !== other[at])
  if (depth <= 0 || depth >= other.length) return false
  const block = nodesAlong(graph, one.slice(0, depth)).at(-1)
  return block !== undefined && SIDE_BY_SIDE.has(block.kind)
}
