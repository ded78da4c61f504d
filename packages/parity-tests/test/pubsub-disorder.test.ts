import { setTimeout as sleep } from 'node:timers/promises'
import { checkPublish, type PubSub } from '@wf/core'
import { createMemoryPubSub, type MemoryPubSub } from '@wf/pubsub-memory'
import { describe, it } from 'vitest'
import { type PubSubSetting, pubsubSuite } from '../src/index.js'

const brokers = new WeakMap<PubSubSetting, MemoryPubSub>()

// No rule may demand an order, nor that anything arrives within a turn: here hints take real time, each part its own.
pubsubSuite({
  name: 'late and out of order',
  create: disorderly,
  connect: (_, setting) => disorderly(setting),
  settle: () => sleep(60),
}).register({ describe, it })

function disorderly(setting: PubSubSetting): PubSub {
  const { clock } = setting
  const root = brokers.get(setting) ?? createMemoryPubSub({ clock, logger: { warn: () => undefined } })
  brokers.set(setting, root)
  const connection = root.connect()
  let calls = 0
  return {
    ...connection,
    async publish(topic, hints) {
      // Refuses what the other one refuses; nothing is sent by it.
      checkPublish(topic, hints)
      const sent = hints.toReversed()
      await connection.publish(topic, [])
      calls += 1
      // The second half comes first, and every third call is overtaken by those after it.
      const middle = sent.length >> 1
      setTimeout(() => root.publish(topic, sent.slice(middle)), 8)
      setTimeout(() => root.publish(topic, sent.slice(0, middle)), calls % 3 === 0 ? 6 : 1)
    },
  }
}
