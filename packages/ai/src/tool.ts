import type { Interrupted, RequestContext, StepContext, StepWriter } from '@wf/core'

/** A tool of the AI SDK, or whatever is called as they are. */
export interface ToolLike {
  readonly description?: unknown
  readonly inputSchema?: unknown
  readonly outputSchema?: unknown
  readonly execute?: ((input: never, options: never) => unknown) | undefined
}

type Execute<Tool extends ToolLike> = NonNullable<Tool['execute']>

export type ToolInput<Tool extends ToolLike> = Parameters<Execute<Tool>>[0]

/** What it gives in the end: of a tool that gives several, the last. */
export type ToolOutput<Tool extends ToolLike> = Settled<ReturnType<Execute<Tool>>>

type Settled<Given> = Given extends AsyncIterable<infer Item> ? Item : Exclude<Awaited<Given>, Interrupted>

/** What a tool that is a step is told of its run. */
export interface ToolWorkflow
  extends Pick<StepContext, 'runId' | 'workflowId' | 'idempotencyKey' | 'attemptKey' | 'retryCount'> {
  readonly state: Readonly<Record<string, unknown>>
  setState(changes: Record<string, unknown>): Promise<void>
  /** Suspends the step once the tool has returned; the tool returns what this gives. */
  suspend(...given: Parameters<StepContext['suspend']>): Promise<never>
  /** Only in the attempt that a `resume` has caused. */
  readonly resumeData: unknown
  /** What the tool gave to `suspend` last time. */
  readonly suspendData: unknown
}

/** What a tool that is a step finds in its second argument, on top of what the AI SDK gives. An agent's tools do not. */
export interface ToolCallOptions {
  /** Of a step its `idempotencyKey`. */
  readonly toolCallId: string
  readonly messages?: readonly unknown[]
  readonly abortSignal?: AbortSignal
  readonly context?: unknown
  readonly experimental_context?: unknown
  readonly workflow?: ToolWorkflow
  readonly requestContext?: RequestContext
  readonly writer?: StepWriter
}
