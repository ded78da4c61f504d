import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pubsubSuite } from '@wf/parity-tests'
import { createMybrokerPubSub, startBroker } from '../dist/index.js'

const brokers = new Map()

pubsubSuite({
  name: 'mybroker',
  async create({ broker }) {
    const started = await startBroker()
    brokers.set(broker, started)
    return createMybrokerPubSub({ port: started.port })
  },
  connect: (_first, { broker }) => createMybrokerPubSub({ port: brokers.get(broker).port }),
  settle: () => sleep(50),
  remove: ({ broker }) => brokers.get(broker).stop(),
}).register({ describe, it })
