import { AsyncLocalStorage } from 'node:async_hooks'
import type { TakeHints } from '@wf/core'
import { type BrokenPubSub, broken, roomy, subscribing, taking } from './broken-pub-sub.js'

export const brokenDeliveries: readonly BrokenPubSub[] = [
  broken('pubsub.delivery.does-not-wait', 'delivers one after the other', () => (sound) => ({
    subscribe(topic, options, take) {
      let before: Promise<unknown> = Promise.resolve()
      let busy = 0
      const slots = (): number | Promise<number> => {
        const room = (): number | Promise<number> => options.slots?.() ?? Number.POSITIVE_INFINITY
        return busy === 0 ? room() : before.then(room)
      }
      return sound.subscribe(topic, { ...options, slots }, (hints) => {
        const taken = take(hints)
        busy += 1
        before = taken.then(
          () => (busy -= 1),
          () => (busy -= 1),
        )
        return taken
      })
    },
  })),
  broken('pubsub.delivery.holds-several', 'delivers one by one', () => (sound) => {
    return roomy(sound, (slots) => () => {
      const room = slots()
      return typeof room === 'number' ? Math.min(room, 1) : room
    })
  }),
  broken('pubsub.delivery.own-array', 'gives one array to all', () => {
    const arrays = new Map<string, readonly string[]>()
    return (sound) =>
      taking(sound, (take) => (hints) => {
        const key = JSON.stringify(hints)
        const shared = arrays.get(key) ?? hints
        arrays.set(key, shared)
        return take(shared)
      })
  }),
  broken('pubsub.delivery.own-context', 'delivers in the context of whoever published', () => {
    const contexts = new Map<string | undefined, ReturnType<typeof AsyncLocalStorage.snapshot>>()
    return (sound) => ({
      publish(topic, hints) {
        for (const hint of hints) contexts.set(hint, AsyncLocalStorage.snapshot())
        return sound.publish(topic, hints)
      },
      ...taking(sound, (take) => (hints) => contexts.get(hints[0])?.(take, hints) ?? take(hints)),
    })
  }),
  broken('pubsub.delivery.same-function', 'knows a function once', () => (sound) => {
    const known = new Set<TakeHints>()
    return subscribing(sound, (call) => {
      if (known.has(call.take)) return { ...call, topic: 'a topic of nobody' }
      known.add(call.take)
      return call
    })
  }),
]
