import { defineHidden } from './define-hidden.js'
import { holds } from './holds.js'

const mark = Symbol.for('@wf/core/trip-wire')

export interface TripWireOptions {
  readonly retry?: boolean
  readonly metadata?: unknown
}

/** Thrown by a step to stop the run with status `tripwire`. It is never retried by the retry policy. */
export class TripWire extends Error {
  static {
    defineHidden(TripWire.prototype, 'name', 'TripWire')
    defineHidden(TripWire.prototype, mark, true)
  }

  readonly reason: string
  readonly options: TripWireOptions

  constructor(reason: string, options: TripWireOptions = {}) {
    super(reason)
    this.reason = reason
    this.options = options
  }
}

/** True for a `TripWire` of any copy of this package. */
export function isTripWire(error: unknown): error is TripWire {
  if (typeof error !== 'object' || error === null) return false
  return holds(() => (error as { readonly [mark]?: unknown })[mark] === true)
}
