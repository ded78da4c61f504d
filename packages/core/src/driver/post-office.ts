import type { Ref } from '../machine/index.js'

/** A wait as a mailbox knows it. `of` is the entry of the run's journal that began it: it names this wait for ever. */
export interface PlacedWait {
  readonly runId: string
  readonly workflowId: string
  readonly graphHash: string
  readonly at: string
  readonly of: Ref
  readonly name: string
  readonly key: string
}

/** An event that a mailbox has given to a wait. */
export interface Mail {
  readonly id: string
  readonly seq: number
  readonly sentAt: number
  readonly payload: unknown
}

export interface PostOffice {
  /** Idempotent for (runId, of). Answers the event that it has been given, if there is one already. */
  place(wait: PlacedWait): Promise<Mail | undefined>
  /** The run's journal has the event. */
  taken(wait: PlacedWait, mail: Mail): Promise<void>
  /** The run waits no longer; what it had been given and not taken goes to the next wait. */
  leave(wait: PlacedWait): Promise<void>
  /** The run waits no longer, nobody knows why. Means nothing where the wait was given something: who brings it finds out. */
  forget(wait: PlacedWait): Promise<void>
}
