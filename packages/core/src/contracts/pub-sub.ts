/** The contract number that pub/subs of today implement. */
export const PUBSUB_CONTRACT = 1

export interface SubscribeOptions {
  /** Subscribers of one group share the hints of a topic; without a group each subscriber gets all of them. */
  readonly group?: string
  /** How many hints the subscriber can take right now; asked before each delivery. */
  readonly slots?: () => number
}

/** Takes hints; when its promise resolves they are acknowledged, when it rejects they may come again. */
export type TakeHints = (hints: readonly string[]) => Promise<void>

/** Carries hints, which say that a run may have work. Loss, doubles, disorder and delay are all allowed. */
export interface PubSub {
  readonly contract: typeof PUBSUB_CONTRACT
  publish(topic: string, hints: readonly string[]): Promise<void>
  /** The answer ends the subscription: after it resolves, no hint is delivered. */
  subscribe(topic: string, options: SubscribeOptions, take: TakeHints): Promise<() => Promise<void>>
  /** Lets the process exit. Idempotent. */
  close(): Promise<void>
}
