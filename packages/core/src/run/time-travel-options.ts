import type { StateOf } from '../builder/inference.js'
import type { Workflow } from '../builder/workflow.js'
import type { OutputOptions } from '../driver/result.js'
import type { TracingOptions } from '../telemetry/tracing-options.js'
import type { AddedContext, StepTarget } from './start-options.js'
import type { StepState } from './workflow-state.js'

/**
 * What a step is to have come to before the place that a time travel goes to: `payload` and `output`. The record of a
 * step, as results tell it, may be given as it is; whatever its status, the step counts as done.
 */
export interface GivenResult extends Readonly<Partial<Record<keyof StepState, unknown>>> {}

export interface TimeTravelOptions<Owner extends Workflow = Workflow> {
  /** Where to go on: a step, its id, or the way to it from the outermost workflow inwards. */
  readonly step: StepTarget
  /** Which item of the foreach on the way; of several on the way one number each, from the outermost inwards. */
  readonly forEachIndex?: number | readonly number[]
  /** Which iteration of the loop on the way, counted from 0. Default 0. */
  readonly iteration?: number | readonly number[]
  /** What the step gets. Default: what precedes it came to. */
  readonly inputData?: unknown
  /** Enters the step as one that is resumed. */
  readonly resumeData?: unknown
  /** Replaces the state of the run. */
  readonly initialState?: Partial<StateOf<Owner>>
  /**
   * Results of steps before, by their ids, such as the `steps` of another result: a `GivenResult` each. `input` is what
   * went into the run, for one that was never started.
   */
  readonly context?: Readonly<Record<string, unknown>>
  /** The same for steps of nested workflows on the way, by the ids of these. */
  readonly nestedStepsContext?: Readonly<Record<string, Readonly<Record<string, GivenResult | undefined>>>>
  readonly requestContext?: AddedContext<Owner>
  readonly outputOptions?: OutputOptions
  /** Runs that step and then pauses. */
  readonly perStep?: boolean
  readonly tracingOptions?: TracingOptions
}
