import { describe, it } from 'node:test'
import { createMemoryStorage } from '@wf/storage-memory'
import { storageSuite } from '../../src/storage/storage-suite.js'

storageSuite({
  name: 'memory',
  capabilities: { survives: 'nothing', maxCommitBytes: undefined },
  create: ({ clock }) => createMemoryStorage({ clock }),
}).register({ describe, it })
