/** The contract number that pub/subs of today implement. */
export const PUBSUB_CONTRACT = 1

export interface SubscribeOptions {
  /**
   * Subscribers of one group share the hints of a topic: each hint goes to one of them that has room, and all get their
   * share. Without a group a subscriber gets all of them. Groups of different topics have nothing to do with each other.
   */
  readonly group?: string
  /**
   * How many hints the subscriber can take right now; asked before each delivery, which never holds more. While it can
   * take none it answers with a promise that resolves as soon as it can, so that nobody polls. Until then it gets
   * nothing: others of its group get the hints, or they wait. Anything that is not 1 or more, or a failure, counts as
   * none, and is asked for again a while later. Without it there is always room.
   */
  readonly slots?: () => number | Promise<number>
}

/**
 * Takes hints; when its promise resolves they are acknowledged. When it rejects or throws, they come again later, to
 * this subscriber or another one of its group, a bounded number of times. The next delivery does not wait for it. It
 * sees nothing of the async context of whoever published.
 */
export type TakeHints = (hints: readonly string[]) => Promise<void>

/**
 * Carries hints, which say that a run may have work. Loss, doubles, disorder and delay are all allowed, but what nothing
 * disturbs arrives, and once. Topics and hints are any text, which arrives as it was sent; topics never meet.
 */
export interface PubSub {
  readonly contract: typeof PUBSUB_CONTRACT
  /**
   * Resolves when the hints are accepted, and waits for no subscriber; nothing is delivered before it has returned. What
   * a topic or group is sent while nobody is subscribed is lost, or delivered to whoever subscribes next.
   */
  publish(topic: string, hints: readonly string[]): Promise<void>
  /**
   * Once it resolves, what is published is delivered, several hints at a time where several wait. The answer ends the
   * subscription: after it resolves no hint is delivered, and what waited goes to others of the group. It waits for no
   * `take`, so a `take` may call it, and calling it again does nothing.
   */
  subscribe(topic: string, options: SubscribeOptions, take: TakeHints): Promise<() => Promise<void>>
  /**
   * Ends the subscriptions made here, no others, waits for no `take`, and lets the process exit. What is being published
   * is sent before. Idempotent. Later calls of the other methods reject with `WF_CLOSED`.
   */
  close(): Promise<void>
}
