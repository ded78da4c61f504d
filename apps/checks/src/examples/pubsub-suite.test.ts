import { pubsubSuite } from '@wf/parity-tests'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { describe, it } from 'vitest'

pubsubSuite({
  name: 'memory',
  create: ({ clock }) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }),
  connect: (first) => first.connect(),
}).register({ describe, it })
