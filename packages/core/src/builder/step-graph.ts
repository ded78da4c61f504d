import type { Graph, GraphNode, Member, StepNode, WaitForEventNode } from '../graph/node.js'
import type { Step } from './step.js'
import type { Workflow } from './workflow.js'

type EntryType =
  | 'step'
  | 'workflow'
  | 'mapping'
  | 'sleep'
  | 'sleepUntil'
  | 'waitForEvent'
  | 'sequence'
  | 'parallel'
  | 'conditional'
  | 'loop'
  | 'foreach'

/** One node of a workflow in the form that tools for drawing read. Which fields there are follows from `type`. */
export interface StepFlowEntry {
  readonly type: EntryType
  readonly [field: string]: unknown
}

/** How steps and functions are shown: as they are, or as plain data. */
interface View {
  step(step: Step, canSuspend: boolean): unknown
  nested(workflow: Workflow): unknown
  function(fn: unknown): unknown
}

const liveView: View = {
  step: (step) => step,
  nested: (workflow) => workflow.stepGraph,
  function: (fn) => fn,
}

const SOURCE_LIMIT = 1000

const plainView: View = {
  step: ({ id, description, metadata, component }, canSuspend) => ({
    id,
    ...(description !== undefined && { description }),
    ...(metadata !== undefined && { metadata }),
    component,
    canSuspend,
  }),
  nested: (workflow) => workflow.serializedStepGraph,
  function: (fn) => (fn === undefined ? undefined : String(fn).slice(0, SOURCE_LIMIT)),
}

type Functions = Workflow['functions']

class Drawing {
  readonly #functions: Functions
  readonly #view: View

  constructor(functions: Functions, view: View) {
    this.#functions = functions
    this.#view = view
  }

  entries(nodes: readonly GraphNode[], prefix: string): readonly StepFlowEntry[] {
    return nodes.map((node, index) => this.#entry(node, `${prefix}${index}`))
  }

  #entry(node: GraphNode, place: string): StepFlowEntry {
    const { id, description, metadata } = node
    const named = { id, ...(description !== undefined && { description }), ...(metadata !== undefined && { metadata }) }
    const {
      step,
      workflow,
      map,
      duration,
      date,
      awaits,
      condition,
      conditions = [],
      concurrency,
    } = this.#functions.get(place) ?? {}
    const shown = (fn: unknown) => this.#view.function(fn)
    switch (node.kind) {
      case 'step':
        return { type: 'step', step: step ? this.#view.step(step, node.canSuspend) : this.#bare(node) }
      case 'workflow':
        return {
          type: 'workflow',
          ...named,
          workflowId: node.workflowId,
          serializedStepFlow: workflow ? this.#view.nested(workflow) : drawGraph(node.graph),
        }
      case 'map':
        return { type: 'mapping', ...named, mapConfig: node.sources ? JSON.stringify(node.sources) : shown(map) }
      case 'sleep':
        return { type: 'sleep', ...named, ...(duration ? { fn: shown(duration) } : { duration: node.durationMs }) }
      case 'sleepUntil':
        return { type: 'sleepUntil', ...named, ...(date ? { fn: shown(date) } : { date: node.date }) }
      case 'waitForEvent':
        return { type: 'waitForEvent', ...named, ...this.#awaited(node), ...(awaits?.key && { fn: shown(awaits.key) }) }
      case 'sequence':
        return { type: 'sequence', ...named, steps: this.entries(node.nodes, `${place}.`) }
      case 'parallel':
        return { type: 'parallel', ...named, steps: this.#members(node.members, place) }
      case 'branch':
        return {
          type: 'conditional',
          ...named,
          steps: this.#members(node.members, place),
          serializedConditions: conditions.map((fn, index) => ({
            id: `${node.members[index]?.key}-condition`,
            fn: shown(fn),
          })),
        }
      case 'loop':
        return {
          type: 'loop',
          ...named,
          step: this.#entry(node.body, `${place}.0`),
          loopType: node.loopType,
          serializedCondition: { id: `${node.body.id}-condition`, fn: shown(condition) },
        }
      case 'foreach':
        return {
          type: 'foreach',
          ...named,
          step: this.#entry(node.body, `${place}.0`),
          opts: concurrency ? { fn: shown(concurrency) } : { concurrency: node.concurrency },
        }
    }
  }

  #awaited({ event, key, timeoutMs, orNull }: WaitForEventNode): Readonly<Record<string, unknown>> {
    return {
      event,
      ...(key !== undefined && { key }),
      ...(timeoutMs !== undefined && { timeoutMs, onTimeout: orNull ? 'null' : 'fail' }),
    }
  }

  /** Of a step whose code is not known any more. */
  #bare({ id, canSuspend }: StepNode): unknown {
    return { id, component: 'STEP', canSuspend }
  }

  #members(members: readonly Member[], place: string): readonly StepFlowEntry[] {
    return this.entries(
      members.map(({ node }) => node),
      `${place}.`,
    )
  }
}

/** The graph with its steps and functions as they are. */
export function stepGraphOf(graph: Graph, functions: Functions): readonly StepFlowEntry[] {
  return new Drawing(functions, liveView).entries(graph.nodes, '')
}

/** The graph as plain data, functions as the beginning of their source text. For display; never compared. */
export function serializeStepGraph(graph: Graph, functions: Functions): readonly StepFlowEntry[] {
  return new Drawing(functions, plainView).entries(graph.nodes, '')
}

/** A recorded graph, of which nobody has the code any more. */
export const drawGraph = (graph: Graph): readonly StepFlowEntry[] => serializeStepGraph(graph, new Map())
