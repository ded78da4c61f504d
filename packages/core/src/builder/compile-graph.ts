import { WorkflowError } from '../errors/index.js'
import type { Described, Graph, GraphNode, Member } from '../graph/node.js'
import { compileMap, describeSources } from './compile-map.js'
import type { Draft, DraftOf, MemberDraft, NodeOptions } from './draft.js'
import type { NodeFunctions } from './node-functions.js'
import { retryOfStep } from './retry-policy.js'
import type { Step } from './step.js'
import type { Workflow } from './workflow.js'

/** A graph without its nodes. */
export type GraphFrame = Omit<Graph, 'nodes'>

export interface CompiledGraph {
  readonly graph: Graph
  readonly functions: ReadonlyMap<string, NodeFunctions>
  /** Steps and workflows by id, in the order of the graph. */
  readonly steps: ReadonlyMap<string, Step | Workflow>
}

/** `input` is the name of the pseudo entry that holds a run's input in its result. */
const RESERVED_IDS: ReadonlySet<string> = new Set(['input'])

/** Turns what builder methods were told into data, and keeps the functions by the place of their node. */
class Compilation {
  readonly #frame: GraphFrame
  readonly #places = new Map<string, string>()
  readonly functions = new Map<string, NodeFunctions>()
  readonly steps = new Map<string, Step | Workflow>()
  #maps = 0
  #sleeps = 0
  #waits = 0

  constructor(frame: GraphFrame) {
    this.#frame = frame
  }

  nodes(drafts: readonly Draft[], prefix: string): readonly GraphNode[] {
    return Object.freeze(drafts.map((draft, index) => this.#node(draft, `${prefix}${index}`)))
  }

  #node(draft: Draft, place: string): GraphNode {
    return Object.freeze(this.#compile(draft, place))
  }

  #compile(draft: Draft, place: string): GraphNode {
    switch (draft.kind) {
      case 'step':
        return this.#step(draft.step, place)
      case 'workflow':
        return this.#workflow(draft.workflow, place)
      case 'map':
        return this.#map(draft, place)
      case 'sleep':
      case 'sleepUntil':
        return this.#sleep(draft, place)
      case 'waitForEvent':
        return this.#wait(draft, place)
      case 'sequence':
        return { kind: 'sequence', id: `sequence_${place}`, nodes: this.nodes(draft.drafts, `${place}.`) }
      case 'parallel':
        return {
          kind: 'parallel',
          ...described(draft.options, `parallel_${place}`),
          members: this.#members(draft.members, place),
          allowFailure: draft.allowFailure,
        }
      case 'branch':
        this.functions.set(place, { conditions: draft.conditions })
        return {
          kind: 'branch',
          ...described(draft.options, `branch_${place}`),
          members: this.#members(draft.members, place),
        }
      case 'loop':
        this.functions.set(place, { condition: draft.condition })
        return {
          kind: 'loop',
          ...described(draft.options, `loop_${place}`),
          loopType: draft.loopType,
          body: this.#node(draft.body, `${place}.0`),
        }
      case 'foreach':
        return this.#foreach(draft, place)
    }
  }

  #step(step: Step, place: string): GraphNode {
    this.#claim(step.id, place)
    this.functions.set(place, { step })
    this.steps.set(step.id, step)
    const retry = retryOfStep(step, this.#frame.retry)
    return {
      kind: 'step',
      ...described(step, step.id),
      ...(retry && { retry }),
      ...(step.timeoutMs !== undefined && { timeoutMs: step.timeoutMs }),
      canSuspend: step.suspendSchema !== undefined || step.resumeSchema !== undefined,
    }
  }

  #workflow(workflow: Workflow, place: string): GraphNode {
    this.#claim(workflow.id, place)
    this.functions.set(place, { workflow })
    this.steps.set(workflow.id, workflow)
    return {
      kind: 'workflow',
      ...described(workflow, workflow.id),
      workflowId: workflow.id,
      graph: workflow.graph,
    }
  }

  #map({ options, source }: DraftOf<'map'>, place: string): GraphNode {
    const node = described(options, `mapping_${this.#frame.id}_${this.#maps++}`)
    this.#claim(node.id, place)
    if (typeof source === 'function') {
      this.functions.set(place, { map: source })
      return { kind: 'map', ...node }
    }
    this.functions.set(place, { map: compileMap(source, node.id) })
    return { kind: 'map', ...node, sources: describeSources(source) }
  }

  #sleep(draft: DraftOf<'sleep'> | DraftOf<'sleepUntil'>, place: string): GraphNode {
    const node = described(draft.options, `sleep_${this.#frame.id}_${this.#sleeps++}`)
    this.#claim(node.id, place)
    if (draft.kind === 'sleep') {
      const { duration } = draft
      if (typeof duration === 'number') return { kind: 'sleep', ...node, durationMs: duration }
      this.functions.set(place, { duration })
      return { kind: 'sleep', ...node }
    }
    const { date } = draft
    if (typeof date === 'number') return { kind: 'sleepUntil', ...node, date }
    this.functions.set(place, { date })
    return { kind: 'sleepUntil', ...node }
  }

  #wait({ options, awaited, awaits }: DraftOf<'waitForEvent'>, place: string): GraphNode {
    const node = described(options, `event_${this.#frame.id}_${this.#waits++}`)
    this.#claim(node.id, place)
    this.functions.set(place, { awaits })
    return { kind: 'waitForEvent', ...node, ...awaited }
  }

  #foreach({ options, concurrency, body }: DraftOf<'foreach'>, place: string): GraphNode {
    const computed = typeof concurrency === 'function'
    if (computed) this.functions.set(place, { concurrency })
    return {
      kind: 'foreach',
      ...described(options, `foreach_${place}`),
      body: this.#node(body, `${place}.0`),
      ...(!computed && { concurrency }),
    }
  }

  #members(members: readonly MemberDraft[], place: string): readonly Member[] {
    return Object.freeze(
      members.map(({ key, draft }, index) => Object.freeze({ key, node: this.#node(draft, `${place}.${index}`) })),
    )
  }

  #claim(id: string, place: string): void {
    const taken = this.#places.get(id)
    if (taken !== undefined)
      this.#refuse(id, `the step id "${id}" stands twice, at ${taken} and at ${place}; use cloneStep or cloneWorkflow`)
    if (RESERVED_IDS.has(id)) this.#refuse(id, `the step id "${id}" is reserved for the input of the run`)
    this.#places.set(id, place)
  }

  #refuse(stepId: string, message: string): never {
    const workflowId = this.#frame.id
    throw new WorkflowError('WF_INVALID_GRAPH', `workflow "${workflowId}": ${message}`, {
      workflowId,
      stepId,
      field: 'id',
    })
  }
}

function described(given: NodeOptions, id: string): Described {
  return {
    id: given.id ?? id,
    ...(given.description !== undefined && { description: given.description }),
    ...(given.metadata !== undefined && { metadata: given.metadata }),
  }
}

export function compileGraph(frame: GraphFrame, drafts: readonly Draft[]): CompiledGraph {
  const compilation = new Compilation(frame)
  const graph: Graph = Object.freeze({ ...frame, nodes: compilation.nodes(drafts, '') })
  return { graph, functions: compilation.functions, steps: compilation.steps }
}
