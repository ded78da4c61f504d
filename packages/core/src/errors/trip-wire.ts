import { defineHidden } from './define-hidden.js'
import { hasMark, markClass } from './mark-class.js'

const mark = Symbol.for('@wf/core/trip-wire')

export interface TripWireOptions {
  readonly retry?: boolean
  readonly metadata?: unknown
}

/** Thrown by a step to stop the run with status `tripwire`. It is never retried by the retry policy. */
export class TripWire extends Error {
  static {
    defineHidden(TripWire.prototype, 'name', 'TripWire')
    markClass(TripWire, mark)
  }

  readonly reason: string
  readonly options: TripWireOptions
  // Declared only: what is not given is absent, not undefined.
  declare readonly processorId?: string

  /** `processorId` names what has stopped the run, where several could have. */
  constructor(reason: string, options: TripWireOptions = {}, processorId?: string) {
    super(reason)
    this.reason = reason
    this.options = options
    if (processorId !== undefined) this.processorId = processorId
  }
}

/** True for a `TripWire` of any copy of this package. */
export function isTripWire(error: unknown): error is TripWire {
  return hasMark(error, mark)
}
