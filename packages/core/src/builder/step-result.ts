import type { StepShape } from './step-shape.js'

export type StepStatus =
  | 'success'
  | 'failed'
  | 'suspended'
  | 'running'
  | 'waiting'
  | 'paused'
  | 'skipped'
  | 'canceled'
  | 'bailed'

/** Why a run was ended by a tripwire. */
export interface TripwireInfo {
  readonly reason: string
  readonly retry?: boolean
  readonly metadata?: unknown
  readonly processorId?: string
}

/** What a result keeps of every step, whatever its status. Times are epoch milliseconds. */
interface StepRecordOf<Shape extends StepShape> {
  readonly payload: Shape['input']
  readonly startedAt: number
  readonly endedAt?: number
  readonly resumePayload?: Shape['resumed']
  readonly resumedAt?: number
  readonly metadata?: Readonly<Record<string, unknown>>
}

export interface StepSuccess<Shape extends StepShape = StepShape> extends StepRecordOf<Shape> {
  readonly status: 'success'
  readonly output: Shape['output']
  readonly endedAt: number
}

export interface StepFailure<Shape extends StepShape = StepShape> extends StepRecordOf<Shape> {
  readonly status: 'failed'
  readonly error: Error
  readonly endedAt: number
  readonly tripwire?: TripwireInfo
  readonly nonRetryable?: true
}

export interface StepSuspension<Shape extends StepShape = StepShape> extends StepRecordOf<Shape> {
  readonly status: 'suspended'
  readonly suspendedAt: number
  readonly suspendPayload?: Shape['suspend']
  /** What the body returned after it had called `suspend`. */
  readonly suspendOutput?: unknown
}

/** `bailed` is the record of a member of a parallel or branch; its value is in `output`. */
export interface StepOther<Shape extends StepShape = StepShape> extends StepRecordOf<Shape> {
  readonly status: Exclude<StepStatus, 'success' | 'failed' | 'suspended'>
  readonly output?: unknown
}

/** The record of a step in the `steps` of a result. */
export type StepResult<Shape extends StepShape = StepShape> =
  | StepSuccess<Shape>
  | StepFailure<Shape>
  | StepSuspension<Shape>
  | StepOther<Shape>
