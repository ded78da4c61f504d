import type { Logger } from './logger.js'
import type { WorkflowSchedule } from './schedule-config.js'
import type { Services } from './services.js'
import type { StepLike } from './step.js'
import type { RequestContextIn, StateIn } from './step-context.js'
import type { StepResult, TripwireInfo } from './step-result.js'
import type { StepShape } from './step-shape.js'

/** Retries of all steps that say nothing themselves. */
export interface RetryConfig {
  /** Further attempts after the first. */
  readonly attempts?: number
  /** Milliseconds. */
  readonly delay?: number
  /** Each delay is the one before times this. */
  readonly factor?: number
  /** Milliseconds. */
  readonly maxDelay?: number
  /** Share of the delay, 0 to 1, that chance may take away. */
  readonly jitter?: number
}

export interface StartCallbackContext<Shape extends StepShape = StepShape> {
  readonly runId: string
  readonly workflowId: string
  readonly resourceId?: string
  getInitData(): Shape['input']
  readonly requestContext: RequestContextIn<Shape>
  readonly logger: Logger
  readonly state: StateIn<Shape>
  readonly services: Services
}

export interface EndCallbackContext<Shape extends StepShape = StepShape> extends StartCallbackContext<Shape> {
  readonly status: 'success' | 'failed' | 'tripwire' | 'suspended' | 'canceled'
  readonly result?: Shape['output']
  readonly error?: Error
  readonly steps: Readonly<Record<string, StepResult | undefined>>
  readonly tripwire?: TripwireInfo
  readonly stepExecutionPath: readonly string[]
}

export interface ErrorCallbackContext<Shape extends StepShape = StepShape> extends EndCallbackContext<Shape> {
  readonly status: 'failed' | 'tripwire'
}

/** When what happens in a run is written down: with every step, when the run rests, waits or ends, or never. */
export type Durability = 'step' | 'exit' | 'none'

/** What becomes of what steps write while they run: only those get it who are there, or it is recorded with the rest. */
export type ChunkMode = 'live' | 'durable'
/** What a run is started with, as its limits are asked about it. */
export interface LimitContext<Shape extends StepShape = StepShape> {
  readonly inputData: Shape['input']
  readonly requestContext: RequestContextIn<Shape>
}

/** Bivariant, as methods are: a workflow of any shape is a workflow. */
interface LimitFunctions<Shape extends StepShape> {
  key(context: LimitContext<Shape>): string
  priority(context: LimitContext<Shape>): number
}

export type LimitKey<Shape extends StepShape = StepShape> = LimitFunctions<Shape>['key']
export type PriorityOf<Shape extends StepShape = StepShape> = LimitFunctions<Shape>['priority']

export interface ConcurrencyLimit<Shape extends StepShape = StepShape> {
  /** Runs that are under way at once, in all processes. */
  readonly limit: number
  /** Runs of different keys do not count together. Default: all runs of the workflow do. */
  readonly key?: LimitKey<Shape>
}

export interface RateLimit<Shape extends StepShape = StepShape> {
  /** Runs that start within any such period, in all processes. */
  readonly limit: number
  readonly periodMs: number
  /** Runs of different keys do not count together. Default: all runs of the workflow do. */
  readonly key?: LimitKey<Shape>
}

export interface WorkflowOptions<Shape extends StepShape = StepShape> {
  /** Input, step input, state, resume and suspend data, request context. True unless set. */
  readonly validateInputs?: boolean
  /** What steps and the workflow return. False unless set. */
  readonly validateOutputs?: boolean
  /** Of its runs, where there is a storage. Default: what the engine says. A nested workflow goes with the run that it is in. */
  readonly durability?: Durability
  /** Of its runs, unless their start says otherwise. Default `'live'`. A nested workflow goes with the run that it is in. */
  readonly chunks?: ChunkMode
  /** Whether streams tell of its steps; what they write is told in any case. Default `true`. */
  readonly emitStepEvents?: boolean
  /** How many runs are under way at once; others wait. A run that is suspended or paused does not count. */
  readonly concurrency?: number | ConcurrencyLimit<Shape>
  /** How many runs start in a period; others wait. */
  readonly rateLimit?: RateLimit<Shape>
  /** Among runs that wait, the higher number goes first, then whoever came first. Default 0. */
  readonly priority?: number | PriorityOf<Shape>
  /** Awaited before the first step; when it throws, the run does not start. */
  onStart?(context: StartCallbackContext<Shape>): unknown
  /** Awaited when the run has ended or suspended, whatever its status. */
  onFinish?(context: EndCallbackContext<Shape>): unknown
  /** Awaited when the run has failed or a tripwire has ended it. */
  onError?(context: ErrorCallbackContext<Shape>): unknown
}

/** The parameters of `createWorkflow`, apart from the schemas. */
export interface WorkflowParams<Shape extends StepShape = StepShape> {
  readonly id: Shape['id']
  /** The author's own; recorded with every run. */
  readonly version?: string
  readonly description?: string
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly retryConfig?: RetryConfig
  /** Time that a run may take, suspensions not counted. */
  readonly timeoutMs?: number
  /** When it runs by itself: whoever works on the workflow puts it into the storage. One, or several with ids of their own. */
  readonly schedule?: WorkflowSchedule<Shape> | readonly WorkflowSchedule<Shape>[]
  /** Not the graph: steps that are of interest to whoever reads the declaration. */
  readonly steps?: readonly StepLike[]
  readonly options?: WorkflowOptions<Shape>
}
