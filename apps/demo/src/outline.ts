import type { Graph, GraphNode } from '@wf/core'

/** A line of the drawing: a block, or something that has a state. */
export interface OutlineLine {
  /** What connects it with the lines around it. */
  readonly tree: string
  readonly text: string
  /** As `runs.get` names its record; `[*]` stands for every item of a foreach. Absent for a block. */
  readonly key?: string
  /** Of an arm of a branch: the keys of the others. */
  readonly otherArms?: readonly string[]
}

/** A workflow's graph as lines. Maps only reshape what passes, so they are left out. */
export const outline = (graph: Graph): readonly OutlineLine[] => drawn(graph.nodes, { tree: ' ', around: '' })

interface Place {
  readonly tree: string
  /** Keys of the steps in here begin so. */
  readonly around: string
  readonly arms?: readonly string[]
}

function drawn(nodes: readonly GraphNode[], place: Place): readonly OutlineLine[] {
  const shown = nodes.filter(({ kind }) => kind !== 'map')
  return shown.flatMap((node, index) => linesOf(node, { ...place, isLast: index === shown.length - 1 }))
}

function linesOf(node: GraphNode, place: Place & { readonly isLast: boolean }): readonly OutlineLine[] {
  const { tree, around, arms, isLast } = place
  const branch = isLast ? '└─' : '├─'
  const inside = { tree: `${tree}${isLast ? '  ' : '│ '}`, around }
  const key = `${around}${node.id}`
  const block = (text: string, members: readonly GraphNode[], within: Place = inside): readonly OutlineLine[] => [
    { tree: `${tree}${branch}┬ `, text },
    ...drawn(members, within),
  ]
  switch (node.kind) {
    case 'parallel':
      return block('at the same time', membersOf(node))
    case 'branch': {
      const members = membersOf(node)
      return block('one of', members, { ...inside, arms: members.map(({ id }) => `${around}${id}`) })
    }
    case 'foreach':
      return block(
        `${node.body.id}: each item, ${node.concurrency} at a time`,
        node.body.kind === 'workflow' ? node.body.graph.nodes : [node.body],
        { ...inside, around: node.body.kind === 'workflow' ? `${around}${node.body.id}[*].` : around },
      )
    case 'loop':
      return block('again and again', [node.body])
    case 'sequence':
      return block('one after the other', node.nodes)
    case 'workflow':
      return [
        { tree: `${tree}${branch}┬ `, text: node.id, key },
        ...drawn(node.graph.nodes, { ...inside, around: `${key}.` }),
      ]
    default: {
      const otherArms = arms?.filter((arm) => arm !== key)
      return [{ tree: `${tree}${branch}─ `, text: node.id, key, ...(otherArms && { otherArms }) }]
    }
  }
}

const membersOf = ({ members }: Extract<GraphNode, { readonly members: unknown }>): readonly GraphNode[] =>
  members.map(({ node }) => node)
