import assert from 'node:assert/strict'
import { PUBSUB_CONTRACT } from '@wf/core'
import { arrived, createGate, GROUP, named, settled, sorted, TOPIC, taker } from '../given.js'
import type { PubSubRule } from '../pub-sub-rule.js'

export const publishRules: readonly PubSubRule[] = [
  {
    id: 'pubsub.contract.number',
    states: 'A pub/sub says which contract it implements.',
    since: '0.1.0',
    async check({ pubsub }) {
      assert.equal(pubsub.contract, PUBSUB_CONTRACT)
    },
  },
  {
    id: 'pubsub.publish.arrives',
    states: 'What is published once a subscription has been made arrives there, also by the same connection.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub)
      await context.pubsub.publish(TOPIC, ['first of all'])
      await arrived(context, ['first of all'], [mine])
    },
  },
  {
    id: 'pubsub.publish.across',
    states: 'What one connection publishes arrives at the subscribers of another one.',
    since: '0.1.0',
    async check(context) {
      const other = await context.connect()
      const theirs = await taker(other, { group: GROUP })
      await context.pubsub.publish(TOPIC, ['a'])
      await arrived(context, ['a'], [theirs])
      const mine = await taker(context.pubsub, { group: 'others' })
      await other.publish(TOPIC, ['b'])
      await arrived(context, ['b'], [mine])
    },
  },
  {
    id: 'pubsub.publish.at-once',
    states: 'Everything arrives that is published in many calls at the same moment.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub, { group: GROUP })
      const hints = named('hint', 500)
      await Promise.all(hints.map((hint) => context.pubsub.publish(TOPIC, [hint])))
      await arrived(context, hints, [mine])
    },
  },
  {
    id: 'pubsub.publish.large',
    states: 'Ten thousand hints of one call arrive, each of them.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub, { group: GROUP })
      const hints = named('hint', 10_000)
      await context.pubsub.publish(TOPIC, hints)
      await arrived(context, hints, [mine])
    },
  },
  {
    id: 'pubsub.publish.heavy',
    states: 'The hints of one call may be a million and a half characters together.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub, { group: GROUP })
      const hints = named('x'.repeat(7_500), 200)
      await context.pubsub.publish(TOPIC, hints)
      await arrived(context, hints, [mine])
    },
  },
  {
    id: 'pubsub.publish.outlives-publisher',
    states: 'What was accepted arrives, though its publisher closes at once.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(await context.connect(), { group: GROUP })
      await context.pubsub.publish(TOPIC, named('last', 20))
      await context.pubsub.close()
      await arrived(context, named('last', 20), [mine])
    },
  },
  {
    id: 'pubsub.publish.once',
    states: 'When nothing fails, each hint arrives once.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub, { group: GROUP })
      const hints = named('hint', 20)
      await context.pubsub.publish(TOPIC, hints.slice(0, 10))
      await context.pubsub.publish(TOPIC, hints.slice(10))
      await arrived(context, hints, [mine])
      await context.settle()
      assert.deepEqual(sorted(mine.hints), sorted(hints))
    },
  },
  {
    id: 'pubsub.publish.again',
    states: 'A hint that was taken arrives again when it is published again.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub, { group: GROUP })
      for (const count of [1, 2, 3]) {
        await context.pubsub.publish(TOPIC, ['the same'])
        await context.until(`the same hint arrived ${count} times`, () => mine.hints.length >= count)
      }
    },
  },
  {
    id: 'pubsub.publish.empty',
    states: 'No hints are no delivery.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub)
      await context.pubsub.publish(TOPIC, [])
      await context.settle()
      assert.deepEqual(mine.deliveries, [])
    },
  },
  {
    id: 'pubsub.publish.to-nobody',
    states: 'What nobody is subscribed to is accepted.',
    since: '0.1.0',
    async check({ pubsub }) {
      await pubsub.publish('a topic of nobody', ['a'])
    },
  },
  {
    id: 'pubsub.publish.not-in-stack',
    states: 'Nothing is delivered before `publish` has returned.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub)
      const published = context.pubsub.publish(TOPIC, ['in a hurry'])
      assert.deepEqual(mine.deliveries, [], 'delivered in the stack of the publisher')
      await published
    },
  },
  {
    id: 'pubsub.publish.waits-for-nobody',
    states: '`publish` waits for no subscriber, neither for its `take` nor for its `slots`.',
    since: '0.1.0',
    async check(context) {
      const gate = createGate()
      let taking = 0
      await context.pubsub.subscribe(TOPIC, { group: 'takes' }, async () => {
        taking += 1
        await gate.passed
      })
      await taker(context.pubsub, { group: 'waits', slots: () => gate.passed.then(() => 1) })
      for (const hint of ['a', 'b', 'c']) await context.pubsub.publish(TOPIC, [hint])
      await context.until('the subscriber has begun to take', () => taking > 0)
      await settled(context, '`publish` has resolved', context.pubsub.publish(TOPIC, ['d']))
      gate.open()
    },
  },
  {
    id: 'pubsub.publish.copies',
    states: 'What arrives is what was published, whatever its caller does to the array afterwards.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub)
      const hints = ['a', 'b']
      const published = context.pubsub.publish(TOPIC, hints)
      hints.splice(0, 2, 'changed')
      await published
      await context.until('two hints arrived', () => mine.hints.length >= 2 || mine.hints.includes('changed'))
      assert.deepEqual(sorted(mine.hints), ['a', 'b'])
    },
  },
  {
    id: 'pubsub.publish.from-take',
    states: 'A `take` may publish, also to its own topic, and wait for it.',
    since: '0.1.0',
    async check(context) {
      const seen: number[] = []
      await context.pubsub.subscribe(TOPIC, { group: GROUP }, async (hints) => {
        for (const hint of hints) {
          seen.push(Number(hint))
          if (Number(hint) < 30) await context.pubsub.publish(TOPIC, [`${Number(hint) + 1}`])
        }
      })
      await context.pubsub.publish(TOPIC, ['0'])
      await context.until('a chain of thirty hints came to its end', () => seen.includes(30))
    },
  },
]
