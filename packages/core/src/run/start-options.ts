import type { InputOf, RequestContextOf, StateOf } from '../builder/inference.js'
import type { Workflow } from '../builder/workflow.js'
import type { ChunkMode } from '../builder/workflow-config.js'
import type { OutputOptions } from '../driver/result.js'
import type { TracingOptions } from '../telemetry/tracing-options.js'

/** A `RequestContext`, or its entries as a plain object. */
export type GivenContext<Values = Record<string, unknown>> =
  | { toJSON(): string extends keyof Values ? object : Partial<Values> }
  | Readonly<Values>

/** Keys that are put over the recorded ones. */
export type AddedContext<Owner extends Workflow = Workflow> = GivenContext<Partial<RequestContextOf<Owner>>>

export interface StartOptions<Owner extends Workflow = Workflow> {
  readonly inputData?: InputOf<Owner>
  readonly initialState?: Partial<StateOf<Owner>>
  readonly requestContext?: GivenContext<RequestContextOf<Owner>>
  readonly outputOptions?: OutputOptions
  /** Runs one step and then pauses. */
  readonly perStep?: boolean
  /** What becomes of what steps write while they run. Default: what the workflow says, or else `'live'`. */
  readonly chunks?: ChunkMode
  /** When the run begins, by the storage's clock: a date, or milliseconds since the epoch. One that is past: at once. */
  readonly startAt?: Date | number
  /** How long after this call the run begins. */
  readonly startAfterMs?: number
  /** Among runs that wait for a limit of the workflow, the higher number goes first. Default: what the workflow says. */
  readonly priority?: number
  /** What to do when the run was started before: reject (the default), or wait for its result. */
  readonly onConflict?: 'reject' | 'attach'
  readonly tracingOptions?: TracingOptions
}

export interface RestartOptions<Owner extends Workflow = Workflow> {
  readonly requestContext?: AddedContext<Owner>
  readonly outputOptions?: OutputOptions
  readonly tracingOptions?: TracingOptions
}

/** What a stream takes beside what it begins with. */
export type StreamOptions<Options> = Options & {
  /** Whether it ends where the run rests; otherwise it goes on until the run has ended. Default `true`. */
  readonly closeOnSuspend?: boolean
}

/** A step as it is named to `resume`: itself, its id, or the way to it from the outermost workflow inwards. */
export type StepTarget = string | { readonly id: string } | readonly (string | { readonly id: string })[]

export interface ResumeOptions<Data = unknown, Owner extends Workflow = Workflow> {
  readonly resumeData?: Data
  /** Not needed while only one step is suspended. */
  readonly step?: StepTarget
  /** A label given to `suspend`. */
  readonly label?: string
  /** Only this item of a foreach; of foreaches in foreaches one number each, from the outermost inwards. */
  readonly forEachIndex?: number | readonly number[]
  readonly requestContext?: AddedContext<Owner>
  /** Where the count of attempts begins. */
  readonly retryCount?: number
  readonly outputOptions?: OutputOptions
  readonly perStep?: boolean
  readonly tracingOptions?: TracingOptions
}
