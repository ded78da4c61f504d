/** Where a span is, as in the headers of W3C Trace Context: it can be handed to another process. */
export interface Carrier {
  readonly traceparent: string
  readonly tracestate?: string
}

/** What a span is about. `leg`: the time for which one process works on a run. `wait`: a sleep, or a wait for an event. */
export type SpanSubject =
  | 'start'
  | 'resume'
  | 'restart'
  | 'time-travel'
  | 'leg'
  | 'attempt'
  | 'workflow'
  | 'block'
  | 'wait'

/** What is said of a span when it begins. What does not apply is absent. */
export interface SpanAbout {
  readonly subject: SpanSubject
  readonly runId: string
  /** Of a step in a nested workflow: of that one. */
  readonly workflowId: string
  readonly workflowVersion?: string | undefined
  readonly namespace?: string
  readonly resourceId?: string | undefined
  readonly session?: string
  readonly generation?: number
  readonly stepId?: string
  readonly path?: string
  /** What sort of place it is: `step`, `parallel`, `foreach` … */
  readonly nodeKind?: string
  /** What was asked there: `body`, `conditions`, `onFinish` … */
  readonly part?: string
  /** From 0. */
  readonly attempt?: number
  /** Resumes that the step has had. */
  readonly resumes?: number
  /** Claims that were lost with their process, or given back. */
  readonly losses?: number
  /** Of a foreach: which item. */
  readonly index?: number
  /** Of a loop: which iteration, from 1. */
  readonly iteration?: number
  readonly size?: number
  readonly concurrency?: number
  readonly tags?: readonly string[] | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** Of the request context, what was asked for. */
  readonly context?: Readonly<Record<string, unknown>>
  readonly input?: unknown
}

export interface SpanPlace {
  /** Absent: whatever is active where this is called. */
  readonly parent?: TelemetrySpan | Carrier | undefined
  readonly links?: readonly Carrier[]
  /** It also links to whatever is active where this is called. */
  readonly linksCaller?: true
  /** Epoch milliseconds; absent: now. */
  readonly startedAt?: number | undefined
}

export interface SpanEnd {
  /** What it came to: `success`, `failed`, `suspended` … */
  readonly status: string
  readonly error?: unknown
  readonly output?: unknown
  /** Epoch milliseconds; absent: now. */
  readonly endedAt?: number | undefined
}

export interface TelemetrySpan {
  readonly carrier: Carrier
  /** `false`: nobody will see it, nor anything below it. */
  readonly isRecording: boolean
  /** What steps find as `tracingContext.currentSpan`. */
  readonly native: unknown
  /** Calls with the span active, so that what is called hangs under it. */
  within<Result>(call: () => Result): Result
  end(end: SpanEnd): void
}

/** What is counted or measured. Durations are milliseconds. */
export type Measure =
  | 'run-started'
  | 'run-duration'
  | 'run-rested'
  | 'step-duration'
  | 'step-retry'
  | 'claim-lost'
  | 'queue-delay'
  | 'commit-duration'
  | 'session-lost'
  | 'sweep-hit'

export interface MeasureAbout {
  readonly workflowId?: string
  readonly stepId?: string
  readonly status?: string
  readonly journalKind?: string
  readonly whose?: 'own' | 'other'
}

/**
 * To whom an engine tells what its runs do, as spans and as measures. Called synchronously and often, so it should be quick.
 * What it throws is logged once, and harms no run.
 */
export interface Telemetry {
  span?(about: SpanAbout, place: SpanPlace): TelemetrySpan | undefined
  measure?(measure: Measure, value: number, about: MeasureAbout): void
  /** Spans are to be told inputs, outputs. Default: neither. */
  readonly recordInputs?: boolean
  readonly recordOutputs?: boolean
}
