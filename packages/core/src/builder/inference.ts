import type { StateIn, StepReference } from './step-context.js'
import type { ShapeOf, StepShape } from './step-shape.js'

/** A workflow's own shape; that of any step, when nothing more is known. */
export type WorkflowShapeOf<Owner> = [ShapeOf<Owner>] extends [never] ? StepShape : ShapeOf<Owner>

/** What `start` takes as `inputData`. */
export type InputOf<Owner extends StepReference> = ShapeOf<Owner>['accepts']

export type OutputOf<Owner extends StepReference> = ShapeOf<Owner>['output']

export type StateOf<Owner extends StepReference> = StateIn<ShapeOf<Owner>>

/** What `start` takes as `requestContext`, as a plain object. */
export type RequestContextOf<Owner extends StepReference> = unknown extends ShapeOf<Owner>['context']
  ? Record<string, unknown>
  : ShapeOf<Owner>['context']

/** What `resume` takes as `resumeData`. */
export type ResumeDataOf<Owner extends StepReference> = ShapeOf<Owner>['resume']

export type SuspendDataOf<Owner extends StepReference> = ShapeOf<Owner>['suspend']

/** Shapes of all steps of a workflow, as a union. Nested workflows count as one step. */
export type StepsOf<Owner> = Owner extends { readonly '~steps'?: infer Steps extends StepShape | undefined }
  ? NonNullable<Steps>
  : never
