import { defineHidden } from './define-hidden.js'
import { holds } from './holds.js'
import { markClass } from './mark-class.js'

const mark = Symbol.for('@wf/core/non-retryable-error')

/** Thrown by a step to end its attempts at once, whatever its retry policy says. */
export class NonRetryableError extends Error {
  static {
    defineHidden(NonRetryableError.prototype, 'name', 'NonRetryableError')
    markClass(NonRetryableError, mark)
  }

  readonly nonRetryable = true
}

/** True for a `NonRetryableError` of any copy of this package, and for anything with an own `nonRetryable: true`. */
export function isNonRetryable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const found = error as { readonly [mark]?: unknown; readonly nonRetryable?: unknown }
  return holds(() => found[mark] === true || (Object.hasOwn(found, 'nonRetryable') && found.nonRetryable === true))
}
