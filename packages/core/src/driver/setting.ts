import type { Logger } from '../builder/logger.js'
import type { Services } from '../builder/services.js'
import type { Step } from '../builder/step.js'
import type { Scene } from './scene.js'
import type { WorkflowStreamEvent } from './stream-event.js'

/** What the process that runs the code adds to a scene. */
export interface Surroundings {
  readonly runId: string
  readonly workflowId: string
  readonly resourceId: string | undefined
  readonly services: Services
  readonly logger: Logger
  secret(name: string): Promise<string>
  emit(event: WorkflowStreamEvent): void
  /** A copy that nobody else holds; throws where a value cannot cross. */
  isolate<Value>(value: Value): Value
  cancel(): void
}

/** Where a signal comes from once somebody asks for it. */
export interface Aborting {
  readonly signal: AbortSignal
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
