import { drawWorkflow } from '../drawing/draw-workflow.js'
import type { DrawnRun } from '../drawing/drawn-run.js'
import { hashGraph } from '../graph/hash-graph.js'
import type { CallbackName, Graph } from '../graph/node.js'
import { compileGraph } from './compile-graph.js'
import type { Draft } from './draft.js'
import { FunctionMap } from './function-map.js'
import type { NodeFunctions } from './node-functions.js'
import { retryOfWorkflow } from './retry-policy.js'
import type { WorkflowSchedule } from './schedule-config.js'
import type { Schema } from './schema.js'
import type { Step } from './step.js'
import { type StepFlowEntry, serializeStepGraph, stepGraphOf } from './step-graph.js'
import { WORKFLOW_FORM, type Workflow } from './workflow.js'
import type { RetryConfig, WorkflowOptions, WorkflowParams } from './workflow-config.js'

/** The parameters of `createWorkflow`, checked, without what types know of them. */
export interface CheckedConfig extends WorkflowParams {
  readonly inputSchema: Schema
  readonly outputSchema: Schema
  readonly stateSchema?: Schema
  readonly requestContextSchema?: Schema
}

const CALLBACKS: readonly CallbackName[] = ['onStart', 'onFinish', 'onError']

const DEFAULT_OPTIONS = { validateInputs: true, validateOutputs: false }

function callbacksIn(options: WorkflowOptions): readonly CallbackName[] {
  return Object.freeze(CALLBACKS.filter((name) => options[name] !== undefined))
}

/** Shown lazily: most workflows are never drawn, and a drawing of nested ones can be large. */
class CommittedWorkflow implements Workflow {
  readonly component = 'WORKFLOW'
  readonly committed = true
  readonly form = WORKFLOW_FORM
  readonly id: string
  declare readonly version?: string
  declare readonly description?: string
  declare readonly metadata?: Readonly<Record<string, unknown>>
  readonly inputSchema: Schema
  readonly outputSchema: Schema
  declare readonly stateSchema?: Schema
  declare readonly requestContextSchema?: Schema
  declare readonly retryConfig?: RetryConfig
  declare readonly timeoutMs?: number
  declare readonly schedule?: WorkflowSchedule | readonly WorkflowSchedule[]
  readonly options: WorkflowOptions
  readonly graph: Graph
  readonly hash: string
  readonly functions: ReadonlyMap<string, NodeFunctions>
  readonly steps: Readonly<Record<string, Step | Workflow>>
  #stepGraph: readonly StepFlowEntry[] | undefined
  #serialized: readonly StepFlowEntry[] | undefined

  constructor(config: CheckedConfig, drafts: readonly Draft[]) {
    const { steps: _listed, options, ...own } = config
    Object.assign(this, own)
    this.id = config.id
    this.inputSchema = config.inputSchema
    this.outputSchema = config.outputSchema
    this.options = Object.freeze({ ...DEFAULT_OPTIONS, ...options })
    const compiled = compileGraph(
      {
        id: config.id,
        ...(config.version !== undefined && { version: config.version }),
        retry: retryOfWorkflow(config.retryConfig),
        ...(config.timeoutMs !== undefined && { timeoutMs: config.timeoutMs }),
        callbacks: callbacksIn(this.options),
        ...(this.options.validateOutputs && { checksOutput: true as const }),
      },
      drafts,
    )
    this.graph = compiled.graph
    this.hash = hashGraph(compiled.graph)
    this.functions = new FunctionMap(compiled.functions)
    this.steps = Object.freeze(Object.fromEntries(compiled.steps))
    Object.freeze(this)
  }

  get stepGraph(): readonly StepFlowEntry[] {
    this.#stepGraph ??= stepGraphOf(this.graph, this.functions)
    return this.#stepGraph
  }

  get serializedStepGraph(): readonly StepFlowEntry[] {
    this.#serialized ??= serializeStepGraph(this.graph, this.functions)
    return this.#serialized
  }

  toMermaid(run?: DrawnRun): string {
    return drawWorkflow(this, run)
  }
}

interface Origin {
  readonly config: CheckedConfig
  readonly drafts: readonly Draft[]
}

const origins = new WeakMap<object, Origin>()

export function commitWorkflow(config: CheckedConfig, drafts: readonly Draft[]): Workflow {
  const workflow = new CommittedWorkflow(config, drafts)
  origins.set(workflow, { config, drafts })
  return workflow
}

/** What a workflow was built from; undefined when another copy of this package has built it. */
export function originOf(workflow: Workflow): Origin | undefined {
  return origins.get(workflow)
}
