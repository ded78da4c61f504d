import type { StateOf, StepsOf, WorkflowShapeOf } from './inference.js'
import type { StepResult, TripwireInfo } from './step-result.js'
import type { StepShape } from './step-shape.js'
import type { Workflow } from './workflow.js'

/** Where a label of `suspend` leads. */
export interface ResumeLabel {
  readonly stepId: string
  readonly foreachIndex?: number
}

/** By id; under `input` stands the input of the run. */
export type StepResults<Input, Steps extends StepShape> = { readonly input?: Input } & {
  readonly [Shape in Steps as Shape['id']]?: StepResult<Shape>
}

type SuspendPayloads<Steps extends StepShape> = {
  readonly [Shape in Steps as Shape['id']]?: Shape['suspend']
}

/** What every result has, whatever its status. */
interface RunOutcome<Owner extends Workflow> {
  readonly runId: string
  readonly input: WorkflowShapeOf<Owner>['input']
  /** Records of all steps that were entered, by id. */
  readonly steps: StepResults<WorkflowShapeOf<Owner>['input'], StepsOf<Owner>>
  /** Ids of the steps of the outermost sequence, in the order in which they were entered. */
  readonly stepExecutionPath: readonly string[]
  /** Of a run that is told of as a trace: that trace, and the span that its start was. */
  readonly traceId?: string
  readonly spanId?: string
  /** Only with `outputOptions.includeState`. */
  readonly state?: StateOf<Owner>
}

export interface RunSuccess<Owner extends Workflow = Workflow> extends RunOutcome<Owner> {
  readonly status: 'success'
  readonly result: WorkflowShapeOf<Owner>['output']
}

export interface RunFailure<Owner extends Workflow = Workflow> extends RunOutcome<Owner> {
  readonly status: 'failed'
  readonly error: Error
}

export interface RunTripwire<Owner extends Workflow = Workflow> extends RunOutcome<Owner> {
  readonly status: 'tripwire'
  readonly tripwire: TripwireInfo
}

export interface RunSuspension<Owner extends Workflow = Workflow> extends RunOutcome<Owner> {
  readonly status: 'suspended'
  /** Paths of ids to the suspended steps; `resume` takes them as they are. */
  readonly suspended: readonly (readonly string[])[]
  readonly suspendPayload: SuspendPayloads<StepsOf<Owner>>
  /** When there are labels, or they were asked for with `outputOptions.includeResumeLabels`. */
  readonly resumeLabels?: Readonly<Record<string, ResumeLabel>>
}

export interface RunPause<Owner extends Workflow = Workflow> extends RunOutcome<Owner> {
  readonly status: 'paused'
}

export interface RunCancellation<Owner extends Workflow = Workflow> extends RunOutcome<Owner> {
  readonly status: 'canceled'
}

/** How a run came to rest. */
export type WorkflowResult<Owner extends Workflow = Workflow> =
  | RunSuccess<Owner>
  | RunFailure<Owner>
  | RunTripwire<Owner>
  | RunSuspension<Owner>
  | RunPause<Owner>
  | RunCancellation<Owner>
