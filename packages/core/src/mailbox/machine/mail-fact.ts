import type { Ref } from '../../machine/index.js'

/** What happens in a mailbox: the events of one name and key, and the waits for them. */
export type MailFact = Opened | EventSent | WaitPlaced | EventTaken | WaitLeft | EventExpired

/** The first fact of each mailbox says whose it is; its id may be a hash of that. */
export interface Opened {
  readonly type: 'opened'
  readonly name: string
  readonly key: string
}

/** Its payload is the value beside it. */
export interface EventSent {
  readonly type: 'event-sent'
  readonly id: string
  /** Until when it waits for a wait, by the storage's clock. */
  readonly until: number
  /** Only waits of this run are to get it. */
  readonly run?: string
  /** All waits are to get it that are there or come while it is kept, each run once. */
  readonly broadcast?: true
  /** A second event with this text has no effect while the first one is kept. */
  readonly dedupe?: string
}

export interface WaitPlaced {
  readonly type: 'wait-placed'
  readonly run: string
  readonly workflow: string
  readonly hash: string
  readonly at: string
  /** With the run it names the wait for ever. */
  readonly of: Ref
}

/** The journal of the run has the event. */
export interface EventTaken {
  readonly type: 'event-taken'
  readonly seq: number
  readonly run: string
  readonly of: Ref
}

/** The run waits no longer. What the wait had been given and not taken goes to the next one. */
export interface WaitLeft {
  readonly type: 'wait-left'
  readonly run: string
  readonly of: Ref
}

/** Events that nobody took in their time, and texts that are forgotten. */
export interface EventExpired {
  readonly type: 'event-expired'
  readonly seqs: readonly number[]
}
