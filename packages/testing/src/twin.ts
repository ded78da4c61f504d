import type { NodeFunctions, Step, StepContext, Workflow } from '@wf/core'

/** What stands around the code of a workflow. */
export interface Around {
  /** Calls the body of a step, or something in its place. */
  body(step: Step, context: StepContext): Promise<unknown>
  /** Calls any other function. */
  call<Value>(fn: () => Value): Value
}

type AnyFunction = (...given: never[]) => unknown

/** The same workflow, with something around its code. Its graph is the same object, so runs of either are runs of both. */
export function twinOf(workflow: Workflow, around: Around): Workflow {
  const functions = new Map<string, NodeFunctions>()
  for (const [place, code] of workflow.functions.entries()) functions.set(place, codeAround(code, around))
  return {
    ...workflow,
    options: functionsAround(workflow.options, around),
    functions,
    get stepGraph() {
      return workflow.stepGraph
    },
    get serializedStepGraph() {
      return workflow.serializedStepGraph
    },
    toMermaid: (run) => workflow.toMermaid(run),
  }
}

function codeAround(code: NodeFunctions, around: Around): NodeFunctions {
  const { step, awaits, conditions } = code
  return {
    ...functionsAround(code, around),
    ...(step && { step: { ...step, execute: (context) => around.body(step, context) } }),
    ...(awaits && { awaits: functionsAround(awaits, around) }),
    ...(conditions && { conditions: conditions.map((condition) => functionAround(condition, around)) }),
  }
}

/** The functions of an object; whatever else is in it stays. */
function functionsAround<Owner extends object>(owner: Owner, around: Around): Owner {
  const entries = Object.entries(owner).map(([name, value]) => [
    name,
    typeof value === 'function' ? functionAround(value, around) : value,
  ])
  return Object.fromEntries(entries)
}

const functionAround = <Fn extends AnyFunction>(fn: Fn, around: Around): Fn =>
  ((...given: never[]) => around.call(() => fn(...given))) as Fn
