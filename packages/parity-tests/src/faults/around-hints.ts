import type { PubSub, TakeHints } from '@wf/core'

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
    publish: (topic, hints) => (publish ?? pubsub.publish.bind(pubsub))(topic, hints),
    subscribe: (topic, options, given) => pubsub.subscribe(topic, options, take ? take(given) : given),
    async close() {
      close?.()
      await pubsub.close()
    },
  }
}
