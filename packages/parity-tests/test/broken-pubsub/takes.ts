import type { PubSub } from '@wf/core'
import { type BrokenPubSub, broken, nothing, taking } from './broken-pub-sub.js'

export const brokenTakes: readonly BrokenPubSub[] = [
  broken('pubsub.take.rejects', 'brings the first hint of a failed delivery again, and no other', () => (sound) => {
    return taking(sound, (take, { topic }) => (hints) => {
      const taken = take(hints)
      return hints.length < 2 ? taken : taken.catch(() => sound.publish(topic, hints.slice(0, 1)))
    })
  }),
  broken('pubsub.take.throws', 'takes what throws at once for done', () => (sound) => {
    return taking(sound, (take) => (hints) => {
      try {
        return take(hints)
      } catch {
        return nothing()
      }
    })
  }),
  broken('pubsub.take.without-group', 'brings nothing again to those without a group', () => (sound) => {
    return taking(sound, (take, { options }) => async (hints) => {
      await take(hints).catch((error: unknown) => {
        if (options.group !== undefined) throw error
      })
    })
  }),
  broken('pubsub.take.another-takes', 'lets nobody else take what one failed to take', ({ clock }) => (sound) => {
    const stops = new Set<() => void>()
    return {
      async subscribe(topic, options, take) {
        let ended = false
        const retry = (hints: readonly string[], tries: number): void => {
          const stop = clock.after(100, () => {
            stops.delete(stop)
            if (!ended && tries > 0) void take(hints).catch(() => retry(hints, tries - 1))
          })
          stops.add(stop)
        }
        const end = await sound.subscribe(topic, options, (hints) => take(hints).catch(() => retry(hints, 4)))
        return () => {
          ended = true
          return end()
        }
      },
      close: () => stopped(sound, stops),
    }
  }),
  broken('pubsub.take.acknowledges', 'brings everything again when something fails', () => (sound) => {
    return taking(sound, (take, { topic }) => {
      const taken: string[] = []
      return (hints) => {
        const promise = take(hints)
        promise.then(
          () => taken.push(...hints),
          () => sound.publish(topic, taken.splice(0)).catch(() => undefined),
        )
        return promise
      }
    })
  }),
  broken('pubsub.take.others-go-on', 'gives nothing more to a counting subscriber that failed', () => (sound) => ({
    subscribe(topic, options, take) {
      const { slots } = options
      if (slots === undefined) return sound.subscribe(topic, options, take)
      let failed = false
      return sound.subscribe(topic, { ...options, slots: () => (failed ? 0 : slots()) }, (hints) => {
        return take(hints).catch((error: unknown) => {
          failed = true
          throw error
        })
      })
    },
  })),
  broken('pubsub.take.given-up', 'brings again for ever', ({ clock }) => (sound) => {
    const stops = new Set<() => void>()
    const again = (topic: string, hints: readonly string[]): void => {
      const stop = clock.after(100, () => {
        stops.delete(stop)
        void sound.publish(topic, hints)
      })
      stops.add(stop)
    }
    return {
      ...taking(
        sound,
        (take, { topic }) =>
          (hints) =>
            take(hints).catch(() => again(topic, hints)),
      ),
      close: () => stopped(sound, stops),
    }
  }),
  broken(
    'pubsub.take.no-unhandled',
    'looks at what becomes of a hint in two places, and fails in one',
    () => (sound) => {
      return taking(sound, (take) => (hints) => {
        const taken = take(hints)
        if (hints[0] === 'unheard') void taken.then(() => undefined)
        return taken
      })
    },
  ),
]

async function stopped(sound: PubSub, stops: ReadonlySet<() => void>): Promise<void> {
  for (const stop of stops) stop()
  await sound.close()
}
