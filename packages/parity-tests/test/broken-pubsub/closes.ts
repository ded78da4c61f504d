import { type BrokenPubSub, broken, brokenRefusal, nothing } from './broken-pub-sub.js'
import { lost } from './ends.js'

export const brokenCloses: readonly BrokenPubSub[] = [
  broken('pubsub.close.idempotent', 'cannot be closed twice', () => (sound) => {
    let closed = false
    return {
      async close() {
        if (closed) throw new Error('already closed')
        closed = true
        await sound.close()
      },
    }
  }),
  broken('pubsub.close.refuses-publish', 'takes hints after close', () => (sound) => {
    let closed = false
    return {
      publish: (topic, hints) => (closed ? nothing() : sound.publish(topic, hints)),
      close() {
        closed = true
        return sound.close()
      },
    }
  }),
  brokenRefusal('pubsub.close.refuses-subscribe', 'throws at those who subscribe after close', () => (sound) => {
    let closed = false
    return {
      subscribe(topic, options, take) {
        if (closed) throw new Error('closed')
        return sound.subscribe(topic, options, take)
      },
      close() {
        closed = true
        return sound.close()
      },
    }
  }),
  broken('pubsub.close.ends', 'goes on with those without a group', ({ root }) => (sound) => {
    let closed = false
    return {
      async subscribe(topic, options, take) {
        const isKept = !closed && options.group === undefined && options.slots === undefined
        return (isKept ? root : sound).subscribe(topic, options, take)
      },
      close() {
        closed = true
        return sound.close()
      },
    }
  }),
  broken('pubsub.close.others-stay', 'ends the subscriptions of others that have no group', () => {
    const ends = new Set<() => Promise<void>>()
    return (sound) => ({
      async subscribe(topic, options, take) {
        const end = await sound.subscribe(topic, options, take)
        if (options.group === undefined) ends.add(end)
        return end
      },
      async close() {
        for (const end of ends) await end()
        await sound.close()
      },
    })
  }),
  broken('pubsub.close.hands-over', 'loses with a connection what waited for it', () => lost('closed')),
  broken('pubsub.close.waits-for-no-take', 'waits for what is being taken', () => (sound) => {
    const taken = new Set<Promise<void>>()
    return {
      subscribe: (topic, options, take) =>
        sound.subscribe(topic, options, (hints) => {
          const promise = take(hints)
          taken.add(promise)
          return promise.finally(() => taken.delete(promise))
        }),
      async close() {
        await sound.close()
        await Promise.allSettled(taken)
      },
    }
  }),
  broken('pubsub.close.sends-first', 'drops what is still to be sent', () => (sound) => {
    let closed = false
    return {
      async publish(topic, hints) {
        await sound.publish(topic, hints)
        if (closed) throw new Error('the connection is lost')
      },
      close() {
        closed = true
        return sound.close()
      },
    }
  }),
  broken('pubsub.close.end-after', 'cannot end what a close has ended', () => (sound) => {
    let closed = false
    return {
      async subscribe(topic, options, take) {
        const end = await sound.subscribe(topic, options, take)
        return async () => {
          if (closed) throw new Error('closed')
          await end()
        }
      },
      close() {
        closed = true
        return sound.close()
      },
    }
  }),
  broken('pubsub.close.no-timers', 'still waits for something when it has been closed', ({ clock }) => (sound) => ({
    close() {
      clock.after(1_000, () => undefined)
      return sound.close()
    },
  })),
]
