import type { PubSub } from '@wf/core'
import type { VirtualClock } from '../clock/virtual-clock.js'

/** What a rule is checked on. */
export interface PubSubContext {
  /** A connection to a broker on which nothing has been published. */
  readonly pubsub: PubSub
  /** Another connection to the same broker, as another process has it. */
  connect(): Promise<PubSub>
  /** A connection to another broker, on which nothing has been published. */
  create(): Promise<PubSub>
  readonly clock: VirtualClock
  /** Lets time pass until `holds` does; `what` says in a failure what has not come to be. */
  until(what: string, holds: () => boolean): Promise<void>
  /** Gives whatever should not come the time to come. */
  settle(): Promise<void>
}
