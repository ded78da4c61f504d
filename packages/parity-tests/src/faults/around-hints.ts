import { checkPublish, checkSubscribe, type PubSub, type TakeHints } from '@wf/core'

/** What may be done otherwise; what is left out stays as it is. */
export interface AroundHints {
  publish?(topic: string, hints: readonly string[]): Promise<void>
  take?(take: TakeHints): TakeHints
  close?(): void
}

/** The pub/sub with something around what is published and what is taken. */
export function aroundHints(pubsub: PubSub, { publish, take, close }: AroundHints): PubSub {
  return {
    contract: pubsub.contract,
    async publish(topic, hints) {
      checkPublish(topic, hints)
      await (publish ? publish(topic, hints) : pubsub.publish(topic, hints))
    },
    async subscribe(topic, options, given) {
      checkSubscribe(topic, options, given)
      return pubsub.subscribe(topic, options, take ? take(given) : given)
    },
    async close() {
      close?.()
      await pubsub.close()
    },
  }
}
