import { engineSuite } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import { createDefaultEngine } from '../src/index.js'

engineSuite({ name: 'default without storage', createEngine: createDefaultEngine }).register({ describe, it })

engineSuite({
  name: 'default on memory',
  createEngine: createDefaultEngine,
  createStorage: ({ clock }) => createMemoryStorage({ clock }),
}).register({ describe, it })

engineSuite({
  name: 'default on memory, always suspending',
  createEngine: (options) => createDefaultEngine({ ...options, cacheRuns: 0, checkpointBytes: 100 }),
  createStorage: ({ clock }) => createMemoryStorage({ clock }),
}).register({ describe, it })
