import { storageSuite } from '@wf/parity-tests'
import { describe, it } from 'vitest'
import { createMemoryStorage } from '../src/index.js'

storageSuite({
  name: 'memory',
  capabilities: { survives: 'nothing', maxCommitBytes: undefined },
  create: ({ clock }) => createMemoryStorage({ clock }),
}).register({ describe, it })
