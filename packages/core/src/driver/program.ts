import type { NodeFunctions } from '../builder/node-functions.js'
import type { Workflow } from '../builder/workflow.js'
import { WorkflowError } from '../errors/index.js'
import type { GraphNode } from '../graph/node.js'
import type { Frame } from '../machine/index.js'

/** A registered workflow, and the code of each place in it. */
export interface Program {
  readonly workflow: Workflow
  codeOf(frame: Frame): NodeFunctions
  /** Whether any workflow in it does not check its inputs, or checks its outputs: mostly none does, and nobody has to look. */
  readonly skipsInputs: boolean
  readonly checksOutputs: boolean
}

/** The name of a frame's place: iterations and items all run the one body. */
function placeOf(frame: Frame): string {
  const parts: number[] = []
  for (let around = frame; around.parent; around = around.parent) {
    parts.push('body' in around.parent.node ? 0 : around.slot)
  }
  return parts.reverse().join('.')
}

/** A block may need no function, such as a foreach with a fixed concurrency. */
const NO_CODE: NodeFunctions = {}

export function createProgram(workflow: Workflow): Program {
  // Nodes of the workflow's own graph: they live as long as this does.
  const known = new Map<GraphNode, NodeFunctions>()
  const root: NodeFunctions = { workflow }
  const options = [root, ...workflow.functions.values()].flatMap((code) => code.workflow?.options ?? [])
  return {
    workflow,
    skipsInputs: options.some(({ validateInputs }) => validateInputs === false),
    checksOutputs: options.some(({ validateOutputs }) => validateOutputs === true),
    codeOf(frame) {
      if (!frame.parent) return root
      const there = known.get(frame.node)
      if (there) return there
      const found = workflow.functions.get(placeOf(frame)) ?? NO_CODE
      known.set(frame.node, found)
      return found
    },
  }
}

export const missingCode = (workflowId: string, { node }: Frame): WorkflowError =>
  new WorkflowError(
    'WF_GRAPH_CHANGED',
    `workflow "${workflowId}" has no code for "${node.id}"; register the workflow that the run was started with`,
    {
      workflowId,
      stepId: node.id,
    },
  )
