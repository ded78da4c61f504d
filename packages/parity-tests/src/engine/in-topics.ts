import type { PubSub } from '@wf/core'

/** The pub/sub as if it led to another broker, for many scenarios that share one. */
export function inTopics(pubsub: PubSub, name: string): PubSub {
  return {
    contract: pubsub.contract,
    publish: (topic, hints) => pubsub.publish(name + topic, hints),
    subscribe: (topic, options, take) => pubsub.subscribe(name + topic, options, take),
    close: () => pubsub.close(),
  }
}
