import { visitNodes } from '../graph/children.js'
import { type Graph, type GraphNode, hasRecord, nodesAlong, type Path } from '../graph/index.js'
import type { Frame, RunState } from '../machine/index.js'

interface Asked {
  /** Ids of results that the caller gives, by the path of the workflow that they are in. */
  readonly given: Readonly<Record<string, readonly string[]>>
  /** What the place gets is given, and with it what the step right before came to. */
  readonly hasInput: boolean
}

type Results = Frame['inner']['results']

/** A workflow on the way: what is recorded in it, and the ids that are known without a record. */
interface Level {
  readonly results: Results
  readonly given: readonly string[]
}

/**
 * Ids of steps before a place of which nothing is known, in workflows of which something is. The state must be one that
 * was folded with their inner results.
 */
export function missingBefore(state: RunState, path: Path, asked: Asked): readonly string[] {
  const steps = stepsOfTheWay(state, path, asked)
  const excused = asked.hasInput ? steps.findLastIndex(({ before }) => before.length > 0) : -1
  return steps.flatMap(({ before, level }, at) =>
    (at === excused ? before.slice(0, -1) : before).flatMap((node) => unknownIn(node, level)),
  )
}

interface WayStep {
  /** What precedes this step of the way in its sequence. */
  readonly before: readonly GraphNode[]
  readonly level: Level | undefined
}

function stepsOfTheWay({ root }: RunState, path: Path, { given }: Asked): readonly WayStep[] {
  const { graph } = root.node
  const nodes = nodesAlong(graph, path)
  let around: { readonly frame: Frame | undefined; readonly results: Results | undefined } = {
    frame: root,
    results: root.inner.results,
  }
  let owner = ''
  return nodes.map((node, depth) => {
    const slot = path[depth] ?? 0
    const level = around.results && { results: around.results, given: given[owner] ?? [] }
    const step = { before: nodesIn(nodes[depth - 1], graph).slice(0, slot), level }
    const frame = around.frame?.children?.get(slot)
    if (node.kind === 'workflow') owner = path.slice(0, depth + 1).join('.')
    const left = node.kind === 'workflow' ? around.results?.get(node.id)?.inner : around.results
    around = { frame, results: (frame ? frame.inner.results : left) as Results | undefined }
    return step
  })
}

function nodesIn(node: GraphNode | undefined, graph: Graph): readonly GraphNode[] {
  if (node === undefined) return graph.nodes
  if (node.kind === 'workflow') return node.graph.nodes
  return node.kind === 'sequence' ? node.nodes : []
}

/** Of a branch nothing is left where no arm was taken. */
function unknownIn(node: GraphNode, level: Level | undefined): readonly string[] {
  if (!level || node.kind === 'branch' || ![...level.results.values()].some(hasBegun)) return []
  if (node.kind === 'parallel') return node.members.flatMap((member) => unknownIn(member.node, level))
  const ids = idsIn(node)
  const isKnown = ids.some((id) => level.given.includes(id) || hasBegun(level.results.get(id)))
  return isKnown ? [] : ids.slice(0, 1)
}

const hasBegun = (record: { readonly startedAt: unknown } | undefined): boolean => record?.startedAt !== undefined

/** Under which ids a node leaves records: its own, those of the steps in it, or, over blocks, that of the foreach. */
function idsIn(node: GraphNode): readonly string[] {
  const ids: string[] = []
  visitNodes([node], (each) => {
    if (hasRecord(each)) ids.push(each.id)
  })
  return node.kind === 'foreach' ? [...ids, node.id] : ids
}
