import type { PubSub, SubscribeOptions } from '@wf/core'
import type { Cut } from './cut.js'

type Slots = NonNullable<SubscribeOptions['slots']>

/** What lies between a process and its pub/sub: while it is cut nothing is published or taken, and there is no room. */
export function cutOffHints(pubsub: PubSub, wire: Cut): PubSub {
  const roomOf = (slots: Slots): Slots => {
    const ask = (): number | Promise<number> => (wire.isCut ? later() : slots())
    const later = async (): Promise<number> => {
      await wire.mended()
      return slots()
    }
    return () => {
      const room = ask()
      return typeof room === 'number' ? room : room.then((free) => (wire.isCut ? later() : free))
    }
  }
  return {
    contract: pubsub.contract,
    async publish(topic, hints) {
      if (wire.isCut) await wire.mended()
      await pubsub.publish(topic, hints)
    },
    async subscribe(topic, options, take) {
      if (wire.isCut) await wire.mended()
      const { slots } = options
      return pubsub.subscribe(topic, { ...options, ...(slots && { slots: roomOf(slots) }) }, async (hints) => {
        if (wire.isCut) await wire.mended()
        await take(hints)
      })
    },
    close: () => pubsub.close(),
  }
}
