import { createCodec, type Offload, type Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { engineSuite } from '../../src/engine/engine-suite.js'
import { scenarios } from '../../src/engine/scenarios/index.js'

const MAX_COMMIT_BYTES = 16_000

const kept = new Map<string, Uint8Array>()

/** A store of the user's; it outlives processes, as the storage does. */
const offload: Offload = {
  overBytes: 1_000,
  put: (key, bytes) => void kept.set(key, bytes),
  get: (key) => kept.get(key),
}

const small = (storage: Storage): Storage => {
  expect(storage.capabilities.maxCommitBytes).toBe(MAX_COMMIT_BYTES)
  return storage
}

const values = scenarios.filter(({ id }) => /^(value|offload|error)\./.test(id))

engineSuite({
  name: 'default on a storage that takes 16 KB, large values elsewhere',
  scenarios: values,
  createEngine: (options) => createDefaultEngine({ codec: createCodec({ offload }), ...options }),
  createStorage: ({ clock }) => small(createMemoryStorage({ clock, maxCommitBytes: MAX_COMMIT_BYTES })),
}).register({ describe, it })
