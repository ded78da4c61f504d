import type { PubSub, Storage } from '@wf/core'
import { engineSuite } from '@wf/parity-tests'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import { createEventedEngine } from '../src/index.js'

/** Nothing gets lost here, so that nobody has to look for it often: a year of sleep passes quickly. */
const HOUR_MS = 3_600_000

for (const dispatch of ['local-first', 'always-publish'] as const) {
  engineSuite({
    name: `evented on memory, ${dispatch}`,
    createEngine: ({ storage, pubsub, ...options }) =>
      createEventedEngine({
        ...options,
        storage: storage as Storage,
        pubsub: pubsub as PubSub,
        dispatch,
        work: { everyMs: HOUR_MS },
        drain: false,
      }),
    createStorage: ({ clock }) => createMemoryStorage({ clock }),
    createBroker: ({ clock }) => createMemoryPubSub({ clock }),
  }).register({ describe, it })
}
