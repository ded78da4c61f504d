import type { Logger } from '../builder/logger.js'
import type { Services } from '../builder/services.js'
import type { Step } from '../builder/step.js'
import type { Chunk, Chunks, Ref } from '../machine/index.js'
import type { Redaction } from '../redaction/redaction.js'
import type { TelemetrySpan } from '../telemetry/telemetry.js'
import type { ResolveSecret, SecretsInValues } from './given-secrets.js'
import type { Made } from './recorder.js'
import type { Scene } from './scene.js'
import type { Speech } from './speech.js'

/** What the process that runs the code adds to a scene. */
export interface Surroundings {
  readonly runId: string
  readonly workflowId: string
  readonly resourceId: string | undefined
  readonly services: Services
  readonly logger: Logger
  readonly redaction: Redaction
  readonly secret: ResolveSecret | undefined
  readonly secretsInValues: SecretsInValues
  /** Whether what steps write is recorded; the run may say so itself. */
  records(chunks: Chunks | undefined): boolean
  /** The most bytes that a chunk may take that is recorded. */
  readonly largestChunk: number
  /** A copy, and as it will be stored. Throws, or rejects, where a value cannot cross. */
  make(at: string, value: unknown): Made | Promise<Made>
  /** Resolves when the chunk is recorded. */
  record(chunk: Chunk, made: Made): Promise<void>
  /** Tells a chunk to those who are there. */
  tell(chunk: Chunk, said: { readonly value: unknown; readonly scene: Scene }): void
  /** A copy that nobody else holds; throws where a value cannot cross. */
  isolate<Value>(value: Value): Value
  /** Ends the run, if what asks for it still stands. */
  cancel(asks: { readonly key: string; readonly claim: Ref }): void
}

/** Where a signal comes from once somebody asks for it, and where what is said goes. */
export interface Aborting {
  readonly signal: AbortSignal
  /** Under which the code runs, where it is told of. */
  readonly span: TelemetrySpan | undefined
  readonly speech: Speech
  cancel(): void
}

export interface Setting {
  readonly scene: Scene
  readonly around: Surroundings
  readonly inputData: unknown
  readonly step: Step | undefined
  readonly validates: boolean
  /** Counted from 0; -1 where nothing is tried again. */
  readonly attempt: number
  readonly aborting: Aborting
}
