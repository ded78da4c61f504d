import {
  checkPublish,
  checkSubscribe,
  consoleLogger,
  type Health,
  PUBSUB_CONTRACT,
  type PubSub,
  systemClock,
  WorkflowError,
} from '@wf/core'
import { checkRedisOptions, KEEP_MS, RECLAIM_MS, type RedisPubSubOptions } from './redis-pub-sub-options.js'
import { Subscriptions } from './subscriptions.js'

export interface RedisPubSub extends PubSub {
  /** Whether the server answers. Never rejects. */
  health(): Promise<Health>
}

/** Carries hints over Redis or Valkey: streams for groups, messages for subscribers without one. Connects when it is first used. */
export function createRedisPubSub(options: RedisPubSubOptions): RedisPubSub {
  checkRedisOptions(options)
  const { prefix = 'wf', maxWaiting = 100_000, reclaimMs = RECLAIM_MS, keepMs = KEEP_MS, timeoutMs = 5_000 } = options
  const { clock = systemClock, logger = consoleLogger } = options
  const settings = { prefix, maxWaiting, reclaimMs, keepMs, timeoutMs, clock, logger }
  const subscriptions = new Subscriptions(options, settings)
  let closing: Promise<void> | undefined

  const open = (): void => {
    if (closing) throw new WorkflowError('WF_CLOSED', 'the Redis pub/sub has been closed: create another one')
  }

  return {
    contract: PUBSUB_CONTRACT,
    async publish(topic, hints) {
      open()
      checkPublish(topic, hints)
      await subscriptions.publish(topic, hints)
    },
    async subscribe(topic, given, take) {
      open()
      checkSubscribe(topic, given, take)
      const { group, slots } = given
      const subscriber = { topic, slots, take }
      const end =
        group === undefined ? await subscriptions.listen(subscriber) : await subscriptions.join(subscriber, group)
      if (!closing) return end
      await end()
      throw new WorkflowError('WF_CLOSED', 'the Redis pub/sub was closed before the subscription stood')
    },
    close() {
      closing ??= subscriptions.close()
      return closing
    },
    health: () => subscriptions.health(),
  }
}
