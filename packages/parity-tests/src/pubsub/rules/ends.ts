import assert from 'node:assert/strict'
import { arrived, createGate, GROUP, named, settled, TOPIC, taker } from '../given.js'
import type { PubSubRule } from '../pub-sub-rule.js'

export const endRules: readonly PubSubRule[] = [
  {
    id: 'pubsub.end.nothing-more',
    states: 'Once a subscription has ended nothing is delivered to it, also of what was published before.',
    since: '0.1.0',
    async check(context) {
      const marker = await taker(context.pubsub, { group: 'marker' })
      for (const options of [{ group: GROUP }, {}]) {
        const mine = await taker(context.pubsub, options)
        await context.pubsub.publish(TOPIC, named('before', 5))
        await mine.end()
        const { length } = mine.hints
        await context.pubsub.publish(TOPIC, ['after'])
        await arrived(context, ['after'], [marker])
        await context.settle()
        assert.deepEqual(mine.hints.slice(length), [], 'delivered after the end')
      }
    },
  },
  {
    id: 'pubsub.end.others-get-it',
    states: 'What waited for a subscriber that has ended goes to others of its group.',
    since: '0.1.0',
    async check(context) {
      const full = await taker(context.pubsub, { group: GROUP, slots: () => createGate().passed.then(() => 100) })
      const gate = createGate()
      const theirs = await context.connect()
      const other = await taker(theirs, { group: GROUP, slots: () => gate.passed.then(() => 100) })
      await context.pubsub.publish(TOPIC, named('hint', 10))
      await context.settle()
      await full.end()
      gate.open()
      await arrived(context, named('hint', 10), [other])
    },
  },
  {
    id: 'pubsub.end.room-too-late',
    states: 'Room that was promised before the end and comes after it brings nothing.',
    since: '0.1.0',
    async check(context) {
      const gate = createGate()
      const slots = () => gate.passed.then(() => 100)
      const ended = [await taker(context.pubsub, { group: GROUP, slots }), await taker(context.pubsub, { slots })]
      const last = await taker(context.pubsub, { group: GROUP, slots })
      await context.pubsub.publish(TOPIC, named('hint', 10))
      await context.settle()
      for (const one of ended) await one.end()
      gate.open()
      await arrived(context, named('hint', 10), [last])
      await context.settle()
      assert.deepEqual(
        ended.map(({ hints }) => hints),
        [[], []],
      )
    },
  },
  {
    id: 'pubsub.end.twice',
    states: 'Ending a subscription twice, or twice at once, is ending it once, and ends no other.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub, { group: GROUP })
      const other = await taker(context.pubsub, { group: GROUP })
      await Promise.all([mine.end(), mine.end()])
      await mine.end()
      await context.pubsub.publish(TOPIC, ['a'])
      await arrived(context, ['a'], [other])
    },
  },
  {
    id: 'pubsub.end.others-stay',
    states: 'The end of a subscription is not that of others, whether of its group or its topic or not.',
    since: '0.1.0',
    async check(context) {
      const { pubsub } = context
      const others = [await taker(pubsub, { group: 'other' }), await taker(pubsub), await taker(pubsub, {}, 'another')]
      const mine = [await taker(pubsub, { group: GROUP }), await taker(pubsub), await taker(pubsub, { group: GROUP })]
      for (const one of mine) await one.end()
      for (const topic of [TOPIC, 'another']) await pubsub.publish(topic, ['a'])
      for (const one of others) await arrived(context, ['a'], [one])
    },
  },
  {
    id: 'pubsub.end.from-take',
    states: 'A `take` may end its own subscription and wait for it.',
    since: '0.1.0',
    async check(context) {
      const ended = createGate()
      const hints: string[] = []
      const end: { call?: () => Promise<void> } = {}
      let given = 0
      end.call = await context.pubsub.subscribe(TOPIC, { group: GROUP }, async (some) => {
        hints.push(...some)
        await end.call?.()
        given = hints.length
        ended.open()
      })
      await context.pubsub.publish(TOPIC, ['a'])
      await settled(context, 'the subscription has ended', ended.passed)
      await context.pubsub.publish(TOPIC, ['b'])
      await context.settle()
      assert.equal(hints.length, given, 'delivered after the end')
    },
  },
  {
    id: 'pubsub.end.waits-for-no-take',
    states: 'The end of a subscription does not wait for its `take`.',
    since: '0.1.0',
    async check(context) {
      const gate = createGate()
      let calls = 0
      const end = await context.pubsub.subscribe(TOPIC, { group: GROUP }, async () => {
        calls += 1
        await gate.passed
      })
      await context.pubsub.publish(TOPIC, ['a'])
      await context.until('the subscriber has begun to take', () => calls > 0)
      await settled(context, 'the subscription has ended', end())
      gate.open()
    },
  },
  {
    id: 'pubsub.end.begins-again',
    states: 'After the last subscriber of a group has left, the next one gets what is published from then on.',
    since: '0.1.0',
    async check(context) {
      for (const hint of ['first', 'second']) {
        const mine = await taker(context.pubsub, { group: GROUP })
        await context.pubsub.publish(TOPIC, [hint])
        await arrived(context, [hint], [mine])
        await mine.end()
      }
    },
  },
]
