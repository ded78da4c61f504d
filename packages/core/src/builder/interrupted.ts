/** Marks what `suspend` and `bail` give back, so that a body can return it in the place of its output. */
const INTERRUPTED = Symbol.for('wf.interrupted')

export interface Interrupted {
  readonly [INTERRUPTED]: 'suspend' | 'bail'
}

export const SUSPENDED: Interrupted = Object.freeze({ [INTERRUPTED]: 'suspend' as const })

export const BAILED: Interrupted = Object.freeze({ [INTERRUPTED]: 'bail' as const })

export function isInterrupted(value: unknown): value is Interrupted {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, INTERRUPTED)
}
