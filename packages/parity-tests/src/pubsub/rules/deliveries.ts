import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { arrived, createGate, GROUP, named, sorted, TOPIC, taker } from '../given.js'
import type { PubSubRule } from '../pub-sub-rule.js'

export const deliveryRules: readonly PubSubRule[] = [
  {
    id: 'pubsub.delivery.does-not-wait',
    states: 'The next delivery does not wait for the `take` before it.',
    since: '0.1.0',
    async check(context) {
      const gate = createGate()
      const hints: string[] = []
      await context.pubsub.subscribe(TOPIC, { group: GROUP }, async (given) => {
        hints.push(...given)
        await gate.passed
      })
      for (const hint of ['a', 'b', 'c']) {
        await context.pubsub.publish(TOPIC, [hint])
        await arrived(context, [hint], [{ hints }])
      }
      gate.open()
    },
  },
  {
    id: 'pubsub.delivery.holds-several',
    states: 'Where several hints wait, a delivery holds several.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub, { group: GROUP })
      const hints = named('hint', 1_000)
      await context.pubsub.publish(TOPIC, hints)
      await arrived(context, hints, [mine])
      assert.ok(mine.deliveries.length < 500, `a thousand hints came in ${mine.deliveries.length} deliveries`)
    },
  },
  {
    id: 'pubsub.delivery.own-array',
    states: 'What one subscriber does to the array it is given is nothing to the others.',
    since: '0.1.0',
    async check(context) {
      const wild = async (hints: readonly string[]): Promise<void> => void (hints as string[]).splice(0)
      await context.pubsub.subscribe(TOPIC, {}, wild)
      const mine = await taker(context.pubsub)
      await context.pubsub.subscribe(TOPIC, {}, wild)
      await context.pubsub.publish(TOPIC, ['a', 'b'])
      await arrived(context, ['a', 'b'], [mine])
    },
  },
  {
    id: 'pubsub.delivery.own-context',
    states: 'A `take` sees nothing of the async context of whoever published.',
    since: '0.1.0',
    async check(context) {
      const ambient = new AsyncLocalStorage<string>()
      const seen: (string | undefined)[] = []
      await context.pubsub.subscribe(TOPIC, { group: GROUP }, async () => void seen.push(ambient.getStore()))
      await ambient.run('of the publisher', () => context.pubsub.publish(TOPIC, ['a']))
      await context.until('the hint arrived', () => seen.length > 0)
      assert.deepEqual(seen, [undefined])
    },
  },
  {
    id: 'pubsub.delivery.same-function',
    states: 'A function that is subscribed twice is two subscribers, and the end of one is not that of the other.',
    since: '0.1.0',
    async check(context) {
      const hints: string[] = []
      const take = async (given: readonly string[]): Promise<void> => void hints.push(...given)
      const end = await context.pubsub.subscribe(TOPIC, {}, take)
      await context.pubsub.subscribe(TOPIC, {}, take)
      await context.pubsub.publish(TOPIC, ['a'])
      await context.until('the hint arrived twice', () => hints.length >= 2)
      await end()
      await context.pubsub.publish(TOPIC, ['b'])
      await arrived(context, ['b'], [{ hints }])
      await context.settle()
      assert.deepEqual(sorted(hints), ['a', 'a', 'b'])
    },
  },
]
