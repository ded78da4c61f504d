import type { NodeFunctions } from '../builder/node-functions.js'
import type { Workflow } from '../builder/workflow.js'
import { WorkflowError } from '../errors/index.js'
import { visitNodes } from './children.js'
import type { Graph, GraphNode } from './node.js'

/** What must be known behind a block or a sleep, beside its data. */
function missingFunction(node: GraphNode, functions: NodeFunctions): string | undefined {
  switch (node.kind) {
    case 'map':
      return functions.map ? undefined : 'a map function'
    case 'sleep':
      return functions.duration || node.durationMs !== undefined ? undefined : 'a sleep function'
    case 'sleepUntil':
      return functions.date || node.date !== undefined ? undefined : 'a date function'
    case 'loop':
      return functions.condition ? undefined : 'a loop condition'
    case 'branch':
      return functions.conditions?.length === node.members.length ? undefined : `${node.members.length} conditions`
    case 'foreach':
      return functions.concurrency || node.concurrency !== undefined ? undefined : 'a concurrency function'
    default:
      return undefined
  }
}

function missing(node: GraphNode, functions: NodeFunctions): string | undefined {
  if (node.kind === 'step') return functions.step?.id === node.id ? undefined : 'a step'
  if (node.kind === 'workflow') return functions.workflow?.id === node.workflowId ? undefined : 'a workflow'
  if (node.kind === 'waitForEvent')
    return functions.awaits?.key || node.key !== undefined ? undefined : 'a key function'
  return missingFunction(node, functions)
}

function check(graph: Graph, workflow: Workflow, around: string): void {
  visitNodes(graph.nodes, (node, path) => {
    const place = path.join('.')
    const functions = workflow.functions.get(place) ?? {}
    const lacks = missing(node, functions)
    if (lacks) {
      const message = `workflow "${workflow.id}" has not ${lacks} for ${node.kind} "${node.id}" at ${around}${place}`
      throw new WorkflowError('WF_GRAPH_CHANGED', message, { workflowId: workflow.id, stepId: node.id })
    }
    // A nested workflow's own graph was bound when it was committed.
    if (node.kind === 'workflow' && functions.workflow && functions.workflow.graph !== node.graph) {
      check(node.graph, functions.workflow, `${around}${place}.`)
    }
  })
}

/** Refuses a graph, such as a stored one, that has a place for which the workflow has no function. */
export function bindGraph(graph: Graph, workflow: Workflow): Graph {
  if (graph !== workflow.graph) check(graph, workflow, '')
  return graph
}
