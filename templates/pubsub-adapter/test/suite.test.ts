import { setTimeout as sleep } from 'node:timers/promises'
import { type PubSubSetting, pubsubSuite } from '@wf/parity-tests'
import { describe, it } from 'vitest'
import { type Broker, createMybrokerPubSub, startBroker } from '../src/index.js'

const brokers = new Map<string, Broker>()

pubsubSuite({
  name: 'mybroker',
  async create({ broker }: PubSubSetting) {
    const started = await startBroker()
    brokers.set(broker, started)
    return createMybrokerPubSub({ port: started.port })
  },
  connect: (_first, { broker }) => createMybrokerPubSub({ port: brokers.get(broker)?.port ?? 0 }),
  settle: () => sleep(50),
  remove: ({ broker }) => brokers.get(broker)?.stop(),
}).register({ describe, it })
