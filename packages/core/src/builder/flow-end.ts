import type { ShapeOf, StepShape } from './step-shape.js'
import type { Runnable } from './workflow.js'

/** The end of a flow: all that a block has to know of what was built inside it. */
export interface FlowEnd<Output = unknown, Steps extends StepShape = StepShape> {
  readonly component: 'FLOW'
  /** For types only; no such properties exist. */
  readonly '~output'?: Output
  readonly '~steps'?: Steps
}

/** A step, a workflow, or a function that builds what stands in a block, given a builder at the block's input. */
export type Member<Start> = Runnable | ((flow: Start) => FlowEnd)

/** What a member of a block gives. */
export type MemberOutput<Given> = Given extends (...start: never) => FlowEnd<infer Output, infer _Steps>
  ? Output
  : ShapeOf<Given>['output']

/** Shapes of the steps that a member brings into the workflow. */
export type MemberSteps<Given> = Given extends (...start: never) => FlowEnd<infer _Output, infer Steps>
  ? Steps
  : ShapeOf<Given>
