import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import { engineSuite } from '../../src/engine/engine-suite.js'
import { createHintedEngine } from './hinted-workers.js'

engineSuite({
  name: 'four workers on memory',
  createEngine: createHintedEngine,
  settlingMs: 400,
  createStorage: ({ clock }) => createMemoryStorage({ clock }),
}).register({ describe, it })
