import { storageSuite } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'

storageSuite({
  name: 'memory',
  capabilities: { survives: 'nothing', maxCommitBytes: undefined },
  create: ({ clock }) => createMemoryStorage({ clock }),
}).register({ describe, it })
