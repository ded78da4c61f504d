import type { Graph, GraphNode, SleepNode, SleepUntilNode, WaitForEventNode } from '@wf/core'

/** The same as the picture, for those who do not see it. */
export const tellGraph = (graph: Graph): string => `workflow ${graph.id}: ${tellAll(graph.nodes)}`

const tellAll = (nodes: readonly GraphNode[]): string => nodes.map(tell).join(', then ')

function tell(node: GraphNode): string {
  switch (node.kind) {
    case 'step':
      return node.id
    case 'map':
      return `map ${node.id}`
    case 'sleep':
    case 'sleepUntil':
    case 'waitForEvent':
      return tellTime(node)
    case 'sequence':
      return tellAll(node.nodes)
    case 'workflow':
      return `workflow ${node.workflowId} (${tellAll(node.graph.nodes)})`
    case 'parallel':
    case 'branch':
      return `${node.kind} of ${node.members.map(({ key, node: member }) => (key === member.id ? tell(member) : `${key} (${tell(member)})`)).join(' and ')}`
    case 'loop':
      return `${node.loopType} ${tell(node.body)}`
    case 'foreach':
      return `foreach ${tell(node.body)}`
  }
}

export function tellTime(node: SleepNode | SleepUntilNode | WaitForEventNode): string {
  if (node.kind === 'waitForEvent') return `waits for ${node.event}`
  if (node.kind === 'sleepUntil')
    return node.date === undefined ? 'sleeps until a computed date' : 'sleeps until a date'
  return node.durationMs === undefined ? 'sleeps for a computed time' : `sleeps ${inWords(node.durationMs)}`
}

function inWords(milliseconds: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ] as const
  const [size, name] = units.find(([each]) => milliseconds >= each && milliseconds % each === 0) ?? [1, 'ms']
  return `${milliseconds / size} ${name}`
}
