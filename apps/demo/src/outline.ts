import type { Graph, GraphNode } from '@wf/core'

/** A line of the drawing: a block, or something that has a state. */
export interface OutlineLine {
  /** Ids from the outermost workflow inwards, as `runs.why` gives them; absent for a block. */
  readonly step?: readonly string[]
  readonly depth: number
  readonly text: string
}

/** A workflow's graph as lines. Maps only reshape what passes, so they are left out. */
export const outline = (graph: Graph): readonly OutlineLine[] => within(graph.nodes, { depth: 1, around: [] })

interface Around {
  readonly depth: number
  readonly around: readonly string[]
}

const within = (nodes: readonly GraphNode[], place: Around): readonly OutlineLine[] =>
  nodes.flatMap((node) => linesOf(node, place))

function linesOf(node: GraphNode, place: Around): readonly OutlineLine[] {
  const { depth, around } = place
  const step = [...around, node.id]
  const inner = { depth: depth + 1, around }
  switch (node.kind) {
    case 'map':
      return []
    case 'parallel':
      return [{ depth, text: 'at the same time' }, ...within(membersOf(node), inner)]
    case 'branch':
      return [{ depth, text: 'one of' }, ...within(membersOf(node), inner)]
    case 'foreach':
      return [{ depth, text: `for each item, ${node.concurrency} at a time` }, ...linesOf(node.body, inner)]
    case 'loop':
      return [{ depth, text: 'again and again' }, ...linesOf(node.body, inner)]
    case 'sequence':
      return within(node.nodes, place)
    case 'workflow':
      return [{ step, depth, text: node.id }, ...within(node.graph.nodes, { depth: depth + 1, around: step })]
    default:
      return [{ step, depth, text: node.id }]
  }
}

const membersOf = ({ members }: Extract<GraphNode, { readonly members: unknown }>): readonly GraphNode[] =>
  members.map(({ node }) => node)
