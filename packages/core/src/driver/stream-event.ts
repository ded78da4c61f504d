/** Where an event stands in the journal of its run; live ones stand behind what came before them, and have no place. */
interface Placed {
  /** What `observe({ after })` goes on behind. */
  readonly position?: string
}

/** What every event of a run says. `from: 'USER'`: a step has written it. */
interface Said<Type extends string, Payload> extends Placed {
  readonly type: Type
  readonly runId: string
  readonly from: 'WORKFLOW' | 'USER'
  readonly payload: Payload
}

interface AboutStep {
  /** Ids of the nested workflows around the step, from the outermost inwards, and its own, joined by dots. */
  readonly id: string
  readonly stepName: string
  /** The same in all events of one execution of the step, and in no others: a resume is another one. */
  readonly stepCallId: string
}

interface StepBegan extends AboutStep {
  readonly payload: unknown
  /** Epoch milliseconds, as everywhere. */
  readonly startedAt: number
  readonly resumePayload?: unknown
  readonly resumedAt?: number
  /** In a loop: which iteration, from 1. */
  readonly metadata?: { readonly iterationCount: number }
}

/** Tokens that were used, as far as steps have said. */
export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly totalTokens: number
  readonly cachedInputTokens: number
  readonly cacheCreationInputTokens: number
  readonly reasoningTokens: number
}

/** The run has begun, or goes on after a rest. */
export type StartEvent = Said<'workflow-start', { readonly workflowId: string }>

export type StepStartEvent = Said<'workflow-step-start', StepBegan & { readonly status: 'running' }>

/** A sleep has begun. */
export type StepWaitingEvent = Said<'workflow-step-waiting', StepBegan & { readonly status: 'waiting' }>

export type StepSuspendedEvent = Said<
  'workflow-step-suspended',
  StepBegan & {
    readonly status: 'suspended'
    readonly suspendPayload?: unknown
    readonly suspendOutput?: unknown
    readonly suspendedAt: number
  }
>

export type StepResultEvent = Said<
  'workflow-step-result',
  StepBegan & {
    readonly status: 'success' | 'failed' | 'canceled' | 'bailed'
    readonly output?: unknown
    readonly error?: Error
    readonly tripwire?: Readonly<Record<string, unknown>>
    readonly endedAt: number
  }
>

/** One item of a foreach is over, or suspended. */
export type StepProgressEvent = Said<
  'workflow-step-progress',
  Pick<AboutStep, 'id' | 'stepName' | 'stepCallId'> & {
    readonly completedCount: number
    readonly totalCount: number
    readonly currentIndex: number
    readonly iterationStatus: 'success' | 'failed' | 'suspended'
    readonly iterationOutput?: unknown
  }
>

/** Which step it is about, and of a foreach which item. */
type AboutSpeaker = AboutStep & { readonly currentIndex?: number }

/** What a step has given to `writer.write`. */
export type StepOutputEvent = Said<
  'workflow-step-output',
  AboutSpeaker & { readonly output: unknown; readonly runId: string }
>

/** The step is begun again, in a retry or because its process was lost: what it has written before is void. */
export type StepResetEvent = Said<'workflow-step-reset', AboutSpeaker>

/** What a step has given to `writer.custom`, as it is. */
export interface DataEvent extends Placed {
  readonly type: `data-${string}`
  readonly data: unknown
  readonly id?: string
  readonly runId: string
  readonly from: 'USER'
  /** Of the step that has written it, and of a foreach which item. */
  readonly stepCallId: string
  readonly currentIndex?: number
}

export type PausedEvent = Said<'workflow-paused', Readonly<Record<never, never>>>

export type CanceledEvent = Said<'workflow-canceled', Readonly<Record<never, never>>>

/** The run rests or has ended. */
export type FinishEvent = Said<
  'workflow-finish',
  {
    readonly workflowStatus: 'success' | 'failed' | 'canceled' | 'tripwire' | 'suspended' | 'paused'
    readonly finalWorkflowResult?: unknown
    readonly metadata: { readonly error?: Error; readonly errorMessage?: string }
    readonly output: { readonly usage: Usage }
    readonly tripwire?: Readonly<Record<string, unknown>>
  }
>

/** Something is missing here: it was not kept until this reader came to it. */
export type GapEvent = Said<'workflow-gap', Readonly<Record<never, never>>>

export type StepEvent =
  | StepStartEvent
  | StepWaitingEvent
  | StepProgressEvent
  | StepSuspendedEvent
  | StepResultEvent
  | StepOutputEvent
  | StepResetEvent
  | DataEvent

/** Behind each result of a step; only for those who watch. */
export type StepFinishEvent = Said<
  'workflow-step-finish',
  AboutStep & { readonly metadata: Readonly<Record<never, never>> }
>

/** What those are told who watch a run. */
export type WatchEvent = StepEvent | StepFinishEvent | PausedEvent | CanceledEvent | GapEvent

/** What a stream of a run brings. */
export type WorkflowStreamEvent = StartEvent | StepEvent | PausedEvent | CanceledEvent | FinishEvent | GapEvent
