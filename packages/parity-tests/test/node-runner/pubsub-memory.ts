import { describe, it } from 'node:test'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { pubsubSuite } from '../../src/pubsub/pub-sub-suite.js'

pubsubSuite({
  name: 'memory',
  create: ({ clock }) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }),
  connect: (first) => first.connect(),
}).register({ describe, it })
