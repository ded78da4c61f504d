import type { StepContext } from '@wf/core'

/** One time that the body of a step, or its mock, was called. */
export interface StepCall<Input = unknown> {
  readonly runId: string
  /** The object that the body was given. */
  readonly inputData: Input
  readonly resumeData: unknown
  readonly retryCount: number
  readonly idempotencyKey: string
  readonly attemptKey: string
  /** Whether the body has looked at one of its keys. */
  readonly usedKey: boolean
  /** When it was called, in milliseconds since the epoch. */
  readonly at: number
  /** The name of the process that has called it. */
  readonly process: string
  readonly outcome: 'running' | 'returned' | 'threw'
}

/** The same while it is under way. */
export interface RecordedCall extends StepCall {
  readonly path: string
  usedKey: boolean
  outcome: StepCall['outcome']
  /** Whether its process is there to hear of its end. */
  isHeard(): boolean
}

const KEYS: ReadonlySet<PropertyKey> = new Set(['idempotencyKey', 'attemptKey'])

/**
 * The context, which tells whoever asks for a key by its name. A copy of all that is in it, as `{ ...context }` makes one,
 * is nothing that anybody has looked at.
 */
export function tellingContext(context: StepContext, told: () => void): StepContext {
  let copied: PropertyKey | undefined
  return new Proxy(context, {
    get(target, name) {
      if (KEYS.has(name) && copied !== name) told()
      copied = undefined
      return Reflect.get(target, name, target)
    },
    // Whoever copies asks for this first, right before each value.
    getOwnPropertyDescriptor(target, name) {
      copied = name
      return Reflect.getOwnPropertyDescriptor(target, name)
    },
  })
}
