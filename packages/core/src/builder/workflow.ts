import type { DrawnRun } from '../drawing/drawn-run.js'
import type { Graph } from '../graph/node.js'
import type { NodeFunctions } from './node-functions.js'
import type { WorkflowSchedule } from './schedule-config.js'
import type { Step, StepLike } from './step.js'
import type { StepFlowEntry } from './step-graph.js'
import type { StepShape } from './step-shape.js'
import type { RetryConfig, WorkflowOptions } from './workflow-config.js'

/** A step or a workflow of a certain shape. */
export type Runnable<Shape extends StepShape = StepShape> = Step<Shape> | Workflow<Shape>

type StepsById<Steps extends StepShape> = { readonly [Shape in Steps as Shape['id']]: Runnable<Shape> }

/** The form of committed workflows. Copies of this package read each other's workflows when their form is the same. */
export const WORKFLOW_FORM = 1

/** A workflow whose graph is closed. It is a step too and may stand in another workflow. */
export interface Workflow<Shape extends StepShape = StepShape, Steps extends StepShape = StepShape>
  extends StepLike<Shape> {
  readonly component: 'WORKFLOW'
  readonly committed: true
  readonly form: typeof WORKFLOW_FORM
  readonly version?: string
  readonly options: WorkflowOptions
  readonly retryConfig?: RetryConfig
  readonly timeoutMs?: number
  readonly schedule?: WorkflowSchedule | readonly WorkflowSchedule[]
  readonly graph: Graph
  /** Of the graph: ids, kinds, order and options. */
  readonly hash: string
  /** The code behind each place of the graph, those in nested workflows included. */
  readonly functions: ReadonlyMap<string, NodeFunctions>
  readonly steps: StepsById<Steps>
  readonly stepGraph: readonly StepFlowEntry[]
  readonly serializedStepGraph: readonly StepFlowEntry[]
  /**
   * The graph as a flowchart of Mermaid. With a run of this workflow, as a result or `runs.get` tells it, each step has
   * its status, in words and in color.
   */
  toMermaid(run?: DrawnRun): string
  /** For types only; no such property exists. */
  readonly '~steps'?: Steps
}
