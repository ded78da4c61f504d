import { AsyncLocalStorage } from 'node:async_hooks'
import { type BrokenPubSub, broken, never } from './broken-pub-sub.js'
import { createMembers, type Membership } from './members.js'

export const brokenEnds: readonly BrokenPubSub[] = [
  broken('pubsub.end.nothing-more', 'still delivers after the end what was under way', () => {
    let underWay: readonly string[] = []
    return (sound) => ({
      publish(topic, hints) {
        underWay = hints.length === 5 ? hints : []
        return sound.publish(topic, hints)
      },
      async subscribe(topic, options, take) {
        const end = await sound.subscribe(topic, options, take)
        return async () => {
          if (underWay.length > 0) setImmediate(take, underWay)
          await end()
        }
      },
    })
  }),
  broken('pubsub.end.others-get-it', 'loses with a subscriber what waited for it', () => lost('ended')),
  broken('pubsub.end.room-too-late', 'delivers to those who promised room before their end', () => {
    const { published, watch } = createMembers()
    return (sound) => ({
      ...watch(sound),
      async subscribe(topic, options, take) {
        let ended = false
        const { slots } = options
        if (slots === undefined) return sound.subscribe(topic, options, take)
        const late = (): void => {
          if (ended) void take(published(topic))
        }
        const end = await sound.subscribe(
          topic,
          {
            ...options,
            slots() {
              const room = slots()
              if (typeof room !== 'number') room.then(late, () => undefined)
              return room
            },
          },
          take,
        )
        return () => {
          ended = true
          return end()
        }
      },
    })
  }),
  broken('pubsub.end.twice', 'cannot end a subscription twice', () => (sound) => ({
    async subscribe(topic, options, take) {
      const end = await sound.subscribe(topic, options, take)
      let ended = false
      return async () => {
        if (ended) throw new Error('not subscribed')
        ended = true
        await end()
      }
    },
  })),
  broken('pubsub.end.others-stay', 'ends with a group what its process has of other topics', () => (sound) => {
    const ends = new Set<{ readonly topic: string; readonly end: () => Promise<void> }>()
    return {
      async subscribe(topic, options, take) {
        const end = await sound.subscribe(topic, options, take)
        ends.add({ topic, end })
        return async () => {
          await end()
          for (const other of ends) if (options.group !== undefined && other.topic !== topic) await other.end()
        }
      },
    }
  }),
  broken('pubsub.end.from-take', 'waits for the very `take` that ends it', () => (sound) => {
    const inTake = new AsyncLocalStorage<true>()
    return {
      async subscribe(topic, options, take) {
        const end = await sound.subscribe(topic, options, (hints) => inTake.run(true, () => take(hints)))
        return () => (inTake.getStore() ? never() : end())
      },
    }
  }),
  broken('pubsub.end.waits-for-no-take', 'waits for what is being taken', () => (sound) => {
    const inTake = new AsyncLocalStorage<true>()
    return {
      async subscribe(topic, options, take) {
        const taken = new Set<Promise<void>>()
        const end = await sound.subscribe(topic, options, (hints) => {
          const promise = inTake.run(true, () => take(hints))
          taken.add(promise)
          return promise.finally(() => taken.delete(promise))
        })
        return async () => {
          await end()
          if (!inTake.getStore()) await Promise.allSettled(taken)
        }
      },
    }
  }),
  broken('pubsub.end.begins-again', 'has no use for a group that was left by all', () => {
    const { all, watch } = createMembers()
    const left = new Set<string>()
    const nameOf = ({ topic, options }: Membership): string => JSON.stringify([topic, options.group])
    return (sound) =>
      watch(sound, {
        starved: (member) => member.options.group !== undefined && left.has(nameOf(member)),
        ended(member) {
          if (![...all].some((other) => nameOf(other) === nameOf(member))) left.add(nameOf(member))
        },
      })
  }),
]

/** What waits for one without room is lost for other processes when it goes. */
export function lost(how: 'ended' | 'closed') {
  const { published, watch } = createMembers()
  const gone = new Set<string>()
  return (sound: Parameters<typeof watch>[0], isFirst: boolean) => {
    const lose = (member: Membership): void => {
      if (member.waiting) for (const hint of published(member.topic)) gone.add(`${isFirst} ${hint}`)
    }
    return watch(sound, {
      ...(how === 'ended' ? { ended: lose } : { closed: lose }),
      takes: (_, hints) => hints.filter((hint) => !gone.has(`${!isFirst} ${hint}`)),
    })
  }
}
