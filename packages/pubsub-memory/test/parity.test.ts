import { pubsubSuite } from '@wf/parity-tests'
import { describe, it } from 'vitest'
import { createMemoryPubSub } from '../src/index.js'

pubsubSuite({
  name: 'memory',
  create: ({ clock }) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }),
  connect: (first) => first.connect(),
}).register({ describe, it })
