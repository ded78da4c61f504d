import type { Interrupted } from './interrupted.js'
import type { Schema } from './schema.js'
import type { StepContext } from './step-context.js'
import type { StepShape } from './step-shape.js'

export type { Schema } from './schema.js'

export interface StepRetry {
  /** Further attempts after the first. */
  readonly attempts: number
  readonly delayMs?: number
  /** Each delay is the one before times this. */
  readonly factor?: number
  readonly maxDelayMs?: number
  /** Share of the delay, 0 to 1, that chance may take away. */
  readonly jitter?: number
}

/** What steps and workflows have in common: either may stand wherever a step is expected. */
export interface StepLike<Shape extends StepShape = StepShape> {
  readonly id: Shape['id']
  readonly description?: string
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly inputSchema: Schema<Shape['accepts'], Shape['input']>
  readonly outputSchema: Schema<unknown, Shape['output']>
  readonly stateSchema?: Schema
  readonly requestContextSchema?: Schema
  /** For types only; no such property exists. */
  readonly '~shape'?: Shape
}

export interface Step<Shape extends StepShape = StepShape> extends StepLike<Shape> {
  readonly component: 'STEP'
  readonly resumeSchema?: Schema
  readonly suspendSchema?: Schema
  readonly retries?: number
  readonly retry?: StepRetry
  readonly timeoutMs?: number
  execute(context: StepContext<Shape>): Shape['output'] | Interrupted | Promise<Shape['output'] | Interrupted>
}
