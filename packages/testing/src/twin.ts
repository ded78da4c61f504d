import type { NodeFunctions, Step, StepContext, Workflow } from '@wf/core'

/** Calls the body of a step, or something in its place. */
export type CallBody = (step: Step, context: StepContext) => Promise<unknown>

/** The same workflow, with something around each body. Its graph is the same object, so runs of either are runs of both. */
export function twinOf(workflow: Workflow, call: CallBody): Workflow {
  const functions = new Map<string, NodeFunctions>()
  for (const [place, code] of workflow.functions.entries())
    functions.set(place, code.step ? { ...code, step: around(code.step, call) } : code)
  return {
    ...workflow,
    functions,
    get stepGraph() {
      return workflow.stepGraph
    },
    get serializedStepGraph() {
      return workflow.serializedStepGraph
    },
  }
}

const around = (step: Step, call: CallBody): Step => ({ ...step, execute: (context) => call(step, context) })
