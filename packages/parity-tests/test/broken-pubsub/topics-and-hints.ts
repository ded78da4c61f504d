import type { PubSub } from '@wf/core'
import { createMemoryPubSub, type MemoryPubSub } from '@wf/pubsub-memory'
import type { VirtualClock } from '../../src/index.js'
import { type BrokenPubSub, broken, nothing, renaming, sending } from './broken-pub-sub.js'

export const brokenTopics: readonly BrokenPubSub[] = [
  broken(
    'pubsub.topic.apart',
    'takes a plural for a singular',
    () => (sound) => renaming(sound, (topic) => (topic === 'orders' ? 'order' : topic)),
  ),
  broken('pubsub.topic.no-patterns', 'knows a pattern for any one letter', () => (sound) => ({
    async publish(topic, hints) {
      await sound.publish(topic, hints)
      if (topic === 'a') await sound.publish('*', hints)
    },
  })),
  broken(
    'pubsub.topic.any-text',
    'does not mind the case of topics',
    () => (sound) => renaming(sound, (topic) => topic.toLowerCase()),
  ),
  broken(
    'pubsub.topic.long',
    'cuts topics off behind 10,000 characters',
    () => (sound) => renaming(sound, (topic) => topic.slice(0, 10_000)),
  ),
  broken('pubsub.topic.many', 'has room for a hundred topics', () => {
    const topics = new Set<string>()
    return (sound) => ({
      publish(topic, hints) {
        if (topics.size < 100) topics.add(topic)
        return topics.has(topic) ? sound.publish(topic, hints) : nothing()
      },
    })
  }),
  sharedBroker(),
]

export const brokenHints: readonly BrokenPubSub[] = [
  broken(
    'pubsub.hint.any-text',
    'writes hints in an encoding that does not have all of them',
    () => (sound) => sending(sound, (hints) => hints.map((hint) => Buffer.from(hint).toString())),
  ),
  broken(
    'pubsub.hint.separate',
    'writes commas between hints',
    () => (sound) => sending(sound, (hints) => hints.flatMap((hint) => hint.split(','))),
  ),
  broken(
    'pubsub.hint.empty',
    'takes an empty hint for none',
    () => (sound) => sending(sound, (hints) => hints.filter((hint) => hint !== '')),
  ),
  broken(
    'pubsub.hint.long',
    'cuts hints off behind 8,000 characters',
    () => (sound) => sending(sound, (hints) => hints.map((hint) => hint.slice(0, 8_000))),
  ),
]

/** All brokers of one rule, which have one clock, are one. */
function sharedBroker(): BrokenPubSub {
  const roots = new WeakMap<VirtualClock, MemoryPubSub>()
  const open = (clock: VirtualClock): PubSub => {
    const root = roots.get(clock) ?? createMemoryPubSub({ clock, logger: { warn: () => undefined } })
    roots.set(clock, root)
    return root.connect()
  }
  return {
    rule: 'pubsub.topic.of-a-broker',
    mistake: 'is one for everybody',
    options: { patienceMs: 1, create: ({ clock }) => open(clock), connect: (_, { clock }) => open(clock) },
  }
}
