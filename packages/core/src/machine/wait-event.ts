import type { OfActivity, Valued } from './event.js'
import type { Ref } from './source.js'

/** An event of this name and key, for so long; `orNull`: it is no failure if none comes. */
export interface Awaited {
  readonly name: string
  readonly key: string
  readonly forMs?: number
  readonly orNull?: true
}

/** A node waits for an event from now on. */
export interface EventAwaited extends OfActivity, Awaited {
  readonly type: 'event-awaited'
}

/** The mailbox knows of a wait. */
export interface WaitPlaced {
  readonly type: 'wait-placed'
  readonly at: string
  /** The entry that began the wait, which means no later one at that place. */
  readonly of: Ref
}

/** An event has come for a wait. Written from a state, so that one in the journal always had an effect. Value: its payload. */
export interface EventReceived extends Valued {
  readonly type: 'event-received'
  readonly at: string
  readonly of: Ref
  /** The event's id, and which one of its mailbox it is. */
  readonly mail: string
  readonly seq: number
  /** It does not fit; the value is the error. */
  readonly failed?: true
}
