import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import { storageSuite } from '../src/index.js'

storageSuite({
  name: 'memory',
  capabilities: { survives: 'nothing', maxCommitBytes: undefined },
  create: ({ clock }) => createMemoryStorage({ clock }),
}).register({ describe, it })

storageSuite({
  name: 'memory with a limit',
  capabilities: { survives: 'nothing', maxCommitBytes: 200_000 },
  create: ({ clock }) => createMemoryStorage({ clock, maxCommitBytes: 200_000 }),
}).register({ describe, it })
