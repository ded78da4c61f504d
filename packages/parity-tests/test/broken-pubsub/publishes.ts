import { AsyncLocalStorage } from 'node:async_hooks'
import type { TakeHints } from '@wf/core'
import { type BrokenPubSub, broken, nothing, sending, subscribing, taking } from './broken-pub-sub.js'

const EMPTY = '(no hints)'

export const brokenPublishes: readonly BrokenPubSub[] = [
  broken('pubsub.contract.number', 'is of another contract', () => () => ({ contract: 2 as 1 })),
  broken('pubsub.publish.arrives', 'loses the first hint of all', () => (sound) => ({
    publish: (topic, hints) => (hints[0] === 'first of all' ? nothing() : sound.publish(topic, hints)),
  })),
  broken('pubsub.publish.across', 'carries nothing back to the process that came first', () => (sound, isFirst) => ({
    publish: (topic, hints) => (isFirst ? sound.publish(topic, hints) : nothing()),
  })),
  broken('pubsub.publish.at-once', 'loses what is published while 300 other calls wait', () => (sound) => {
    let waiting = 0
    return {
      async publish(topic, hints) {
        waiting += 1
        if (waiting <= 300) await sound.publish(topic, hints)
        await new Promise((resolve) => setImmediate(resolve))
        waiting -= 1
      },
    }
  }),
  broken(
    'pubsub.publish.large',
    'cuts calls off behind 5,000 hints',
    () => (sound) => sending(sound, (hints) => hints.slice(0, 5_000)),
  ),
  broken('pubsub.publish.heavy', 'takes no more than its server takes at once', () => (sound) => ({
    async publish(topic, hints) {
      if (hints.join('').length > 1_000_000) throw new Error('too large')
      await sound.publish(topic, hints)
    },
  })),
  broken('pubsub.publish.outlives-publisher', 'forgets what it has buffered when it is closed', () => (sound) => {
    let closed = false
    return {
      async publish(topic, hints) {
        if (closed) return sound.publish(topic, hints)
        const buffered = [...hints]
        setImmediate(() => {
          if (!closed) sound.publish(topic, buffered).catch(nothing)
        })
      },
      async close() {
        closed = true
        await sound.close()
      },
    }
  }),
  broken('pubsub.publish.once', 'sends ten hints twice', () => (sound) => ({
    async publish(topic, hints) {
      await sound.publish(topic, hints)
      if (hints.length === 10) await sound.publish(topic, hints)
    },
  })),
  broken('pubsub.publish.again', 'takes a hint that it has carried for a double', () => {
    const carried = new Set<string>()
    return (sound) => ({
      async publish(topic, hints) {
        const fresh = hints.filter((hint) => !carried.has(JSON.stringify([topic, hint])))
        for (const hint of fresh) carried.add(JSON.stringify([topic, hint]))
        await sound.publish(topic, fresh)
      },
    })
  }),
  broken('pubsub.publish.empty', 'delivers no hints', () => (sound) => ({
    ...sending(sound, (hints) => (hints.length === 0 ? [EMPTY] : hints)),
    ...taking(sound, (take) => (hints) => take(hints.filter((hint) => hint !== EMPTY))),
  })),
  broken('pubsub.publish.to-nobody', 'refuses topics that nobody ever subscribed to', () => {
    const known = new Set<string>()
    return (sound) => ({
      async publish(topic, hints) {
        await sound.publish(topic, hints)
        if (!known.has(topic)) throw new Error('no such topic')
      },
      ...subscribing(sound, (call) => {
        known.add(call.topic)
        return call
      }),
    })
  }),
  broken('pubsub.publish.not-in-stack', 'delivers at once what is in a hurry', () => {
    const takes: TakeHints[] = []
    return (sound) => ({
      async publish(topic, hints) {
        if (hints[0] !== 'in a hurry') return sound.publish(topic, hints)
        for (const take of takes) await take(hints)
      },
      ...taking(sound, (take) => {
        takes.push(take)
        return take
      }),
    })
  }),
  broken('pubsub.publish.waits-for-nobody', 'accepts no more while three hints are not acknowledged', () => {
    let waiting = 0
    const wakes: (() => void)[] = []
    return (sound) => ({
      async publish(topic, hints) {
        while (waiting >= 3) await new Promise<void>((resolve) => wakes.push(resolve))
        await sound.publish(topic, hints)
      },
      ...taking(sound, (take) => async (hints) => {
        waiting += hints.length
        try {
          await take(hints)
        } finally {
          waiting -= hints.length
          for (const wake of wakes.splice(0)) wake()
        }
      }),
    })
  }),
  broken('pubsub.publish.copies', 'reads the array of its caller later', () => (sound) => {
    const sending = new Set<Promise<void>>()
    return {
      publish(topic, hints) {
        const sent = Promise.resolve().then(() => sound.publish(topic, hints))
        sending.add(sent)
        return sent.finally(() => sending.delete(sent))
      },
      async close() {
        await Promise.allSettled(sending)
        await sound.close()
      },
    }
  }),
  broken('pubsub.publish.from-take', 'takes no hints from those who take some', () => {
    const inTake = new AsyncLocalStorage<true>()
    return (sound) => ({
      async publish(topic, hints) {
        if (inTake.getStore()) throw new Error('busy')
        await sound.publish(topic, hints)
      },
      ...taking(sound, (take) => (hints) => inTake.run(true, () => take(hints))),
    })
  }),
]
