import type { PubSub, Storage } from '@wf/core'
import { createRandom, engineSuite, scenarios } from '@wf/parity-tests'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import { createEventedEngine } from '../src/index.js'

const HOUR_MS = 3_600_000

const random = createRandom(1)

/** Accepts hints at once, and they arrive after up to 20 real milliseconds, also when whoever sent them is gone. */
function slow(pubsub: PubSub, bus: PubSub): PubSub {
  return {
    ...pubsub,
    async publish(topic, hints) {
      setTimeout(() => void bus.publish(topic, hints), 1 + 19 * random())
    },
  }
}

/** Where it matters whether time passes before a hint has arrived. */
const areas = /^(?:branch|cancel|foreach|later|parallel|recovery|resume|retry|sleep|start|timeout)\./

engineSuite({
  name: 'evented, hints that take 1 to 20 real milliseconds',
  scenarios: scenarios.filter(({ id }) => areas.test(id)),
  createEngine: ({ storage, pubsub, ...options }) =>
    createEventedEngine({
      ...options,
      storage: storage as Storage,
      pubsub: pubsub as PubSub,
      dispatch: 'always-publish',
      work: { everyMs: HOUR_MS },
      drain: false,
    }),
  createStorage: ({ clock }) => createMemoryStorage({ clock: { ...clock, now: () => Date.now() + clock.offsetMs() } }),
  createBroker: ({ clock }) => {
    const bus = createMemoryPubSub({ clock })
    return { connect: () => slow(bus.connect(), bus) }
  },
}).register({ describe, it })
