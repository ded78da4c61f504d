import type { Path } from '../graph/node.js'
import type { OnTimeout } from './awaited-event.js'
import type { EventDefinition } from './create-event.js'
import type { Interrupted } from './interrupted.js'
import type { RequestContext } from './request-context.js'
import type { Services } from './services.js'
import type { ShapeOf, StepShape } from './step-shape.js'

/** Anything that stands for a step in a look-up: a step or a workflow. */
export interface StepReference {
  readonly id: string
  readonly '~shape'?: StepShape
}

/** State without a schema is a record of anything. */
export type StateIn<Shape extends StepShape> = unknown extends Shape['state'] ? Record<string, unknown> : Shape['state']

export type RequestContextIn<Shape extends StepShape> = unknown extends Shape['requestContext']
  ? RequestContext
  : Shape['requestContext'] extends object
    ? RequestContext<Shape['requestContext']>
    : RequestContext

/** A workflow named as `getInitData<typeof workflow>()` stands for its input. */
type InitData<Source> = [ShapeOf<Source>] extends [never] ? Source : ShapeOf<Source>['input']

type OutputById<Steps extends StepShape, Id> = [Extract<Steps, { readonly id: Id }>] extends [never]
  ? unknown
  : Extract<Steps, { readonly id: Id }>['output'] | null

type OutputOfReference<Reference, Steps extends StepShape> = Reference extends StepReference
  ? ShapeOf<Reference>['output'] | null
  : OutputById<Steps, Reference>

/**
 * What a writer sends reaches the readers of the run's streams. Streams are piped into it, as into any `WritableStream`;
 * once it is closed by that, `write`, `custom`, `pipe` and `writable` still serve.
 */
export interface StepWriter extends WritableStream<unknown> {
  /** Resolves when the chunk is told; with durable chunks when it is stored. */
  write(chunk: unknown): Promise<void>
  /** A chunk that readers get as it is. */
  custom(chunk: { readonly type: `data-${string}`; readonly data: unknown; readonly id?: string }): Promise<void>
  /** Writes all that the source brings, and resolves behind the last of it. The step does not end before that. */
  pipe(source: AsyncIterable<unknown>): Promise<void>
  /** A stream of its own, each time anew, for more than one `pipeTo`. */
  readonly writable: WritableStream<unknown>
}

export interface TracingContext {
  readonly currentSpan?: unknown
}

/** What all functions of a workflow are given, as long as a run is behind them. */
export interface RunContext<Shape extends StepShape = StepShape, Init = unknown, Steps extends StepShape = StepShape> {
  readonly inputData: Shape['input']
  readonly state: StateIn<Shape>
  /** The output of a step that has succeeded, otherwise `null`. */
  getStepResult<Reference extends StepReference | Steps['id'] | (string & {})>(
    step: Reference,
  ): OutputOfReference<Reference, Steps>
  /** The input of the workflow that this is a part of. */
  getInitData<Source = Init>(): InitData<Source>
  readonly requestContext: RequestContextIn<Shape>
  readonly runId: string
  readonly workflowId: string
  readonly resourceId?: string
  /** Ends the run as `canceled`. */
  abort(): void
  /** Its `reason` says why: `canceled`, `timeout`, `lost` or `draining`. */
  readonly abortSignal: AbortSignal
  /** What the process that runs this was given; never stored, never sent. */
  readonly services: Services
  secret(name: string): Promise<string>
  readonly writer: StepWriter
  readonly path: Path
  readonly tracingContext: TracingContext
}

/** How a step was entered by `resume`. */
export interface ResumeInfo {
  readonly steps: readonly string[]
  readonly resumePayload: unknown
  readonly runId: string
  readonly label?: string
  readonly forEachIndex?: number
}

/** How a step was entered by `timeTravel`. */
export interface TimeTravelInfo {
  readonly steps: readonly string[]
  readonly inputData?: unknown
  readonly resumeData?: unknown
}

/** An event that resumes a suspended step: its payload is the data of the resume, and goes through the resume schema. */
export interface ResumingEvent<Accepts = unknown, Late extends OnTimeout = OnTimeout> {
  readonly event: string | EventDefinition<Accepts>
  /** Only an event that was sent with the same key is taken. Default: the empty text. */
  readonly key?: string
  /** How long is waited for it; without it until it comes or somebody resumes the step. */
  readonly timeoutMs?: number
  /** `'fail'` (the default): the step fails with `WF_EVENT_TIMEOUT`. `'null'`: it is resumed with `null`. */
  readonly onTimeout?: Late
}

export interface SuspendOptions<Accepts = unknown, Late extends OnTimeout = OnTimeout> {
  /** Names by which `resume` finds this suspension. */
  readonly resumeLabel?: string | readonly string[]
  /** Whichever comes first resumes the step: this event or a `resume`. */
  readonly waitForEvent?: ResumingEvent<Accepts, Late>
}

/** A body that is resumed with `null` must be able to take it. */
type LateIn<Resumed> = 'fail' | (null extends Resumed ? 'null' : never)

type SuspendArguments<Payload, Accepts, Resumed> = unknown extends Payload
  ? [payload?: unknown, options?: SuspendOptions<Accepts, LateIn<Resumed>>]
  : [payload: Payload, options?: SuspendOptions<Accepts, LateIn<Resumed>>]

/** What the body of a step is given. */
export interface StepContext<Shape extends StepShape = StepShape, Init = unknown, Steps extends StepShape = StepShape>
  extends RunContext<Shape, Init, Steps> {
  /** Merges into the run's state, key by key; recorded with the outcome of this step. */
  setState(changes: Partial<StateIn<Shape>>): Promise<void>
  /** Only in the attempt that a `resume` has caused. */
  readonly resumeData: Shape['resumed'] | undefined
  /** What the step gave to `suspend` last time. */
  readonly suspendData: Shape['suspend'] | undefined
  /** Suspends the step once its body has returned. It does not throw: return what it gives. */
  suspend(...given: SuspendArguments<Shape['suspend'], Shape['resume'], Shape['resumed']>): Promise<Interrupted>
  /** Ends the innermost workflow with success and this value. */
  bail(result?: unknown): Interrupted
  /** 0 in the first attempt. */
  readonly retryCount: number
  /** The same over retries and lost workers: what other systems need to see a repetition. */
  readonly idempotencyKey: string
  /** Another one in each retry; an attempt that is made again because its process was lost keeps its own. */
  readonly attemptKey: string
  /** True when the step is entered again because its process was lost. */
  readonly restart?: true
  readonly resume?: ResumeInfo
  readonly timeTravel?: TimeTravelInfo
  /** In a loop: how many times the body has been entered, from 1. */
  readonly iterationCount?: number
  /** In a foreach: which item this is, from 0. */
  readonly index?: number
}

/** What a condition of a branch or loop is given. `retryCount` is always -1. */
export interface ConditionContext<
  Shape extends StepShape = StepShape,
  Init = unknown,
  Steps extends StepShape = StepShape,
> extends RunContext<Shape, Init, Steps> {
  readonly resumeData: unknown
  readonly retryCount: number
}

/** `inputData` is what the body has just given back. */
export interface LoopContext<Shape extends StepShape = StepShape, Init = unknown, Steps extends StepShape = StepShape>
  extends ConditionContext<Shape, Init, Steps> {
  /** Iterations that have ended, from 1. */
  readonly iterationCount: number
}

/** What a function that computes a sleep or its end is given. */
export interface SleepContext<Shape extends StepShape = StepShape, Init = unknown, Steps extends StepShape = StepShape>
  extends RunContext<Shape, Init, Steps> {
  /** Merges into the run's state, key by key; recorded with the answer. */
  setState(changes: Partial<StateIn<Shape>>): Promise<void>
  readonly retryCount: number
}

/** What a function that computes the concurrency of a foreach is given. */
export interface ConcurrencyContext<Shape extends StepShape = StepShape, Init = unknown> {
  readonly inputData: Shape['input']
  getInitData<Source = Init>(): InitData<Source>
  readonly requestContext: RequestContextIn<Shape>
  readonly state: StateIn<Shape>
}
