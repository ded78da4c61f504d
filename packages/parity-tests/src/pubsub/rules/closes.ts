import assert from 'node:assert/strict'
import { arrived, createGate, GROUP, named, refused, settled, TOPIC, taker } from '../given.js'
import type { PubSubRule } from '../pub-sub-rule.js'

export const closeRules: readonly PubSubRule[] = [
  {
    id: 'pubsub.close.idempotent',
    states: 'Closing twice, or twice at once, is closing once.',
    since: '0.1.0',
    async check({ pubsub }) {
      await taker(pubsub)
      await Promise.all([pubsub.close(), pubsub.close()])
      await pubsub.close()
    },
  },
  {
    id: 'pubsub.close.refuses-publish',
    states: 'After close, `publish` rejects with WF_CLOSED.',
    since: '0.1.0',
    async check({ pubsub }) {
      await pubsub.close()
      await refused(() => pubsub.publish(TOPIC, ['a']), { code: 'WF_CLOSED', what: 'publish after close' })
    },
  },
  {
    id: 'pubsub.close.refuses-subscribe',
    states: 'After close, `subscribe` rejects with WF_CLOSED.',
    since: '0.1.0',
    async check({ pubsub }) {
      await pubsub.close()
      await refused(() => taker(pubsub), { code: 'WF_CLOSED', what: 'subscribe after close' })
    },
  },
  {
    id: 'pubsub.close.ends',
    states: 'Once a connection is closed nothing is delivered to its subscribers.',
    since: '0.1.0',
    async check(context) {
      const other = await context.connect()
      const mine = [await taker(other, { group: GROUP }), await taker(other)]
      await context.pubsub.publish(TOPIC, named('before', 5))
      await other.close()
      const lengths = mine.map(({ hints }) => hints.length)
      await context.pubsub.publish(TOPIC, ['after'])
      await context.settle()
      assert.deepEqual(
        mine.map(({ hints }, index) => hints.slice(lengths[index])),
        [[], []],
      )
    },
  },
  {
    id: 'pubsub.close.others-stay',
    states: 'The close of one connection disturbs no other.',
    since: '0.1.0',
    async check(context) {
      const mine = [await taker(context.pubsub, { group: GROUP }), await taker(context.pubsub)]
      const other = await context.connect()
      await taker(other, { group: GROUP })
      await taker(other)
      await other.close()
      await context.pubsub.publish(TOPIC, named('hint', 10))
      for (const one of mine) await arrived(context, named('hint', 10), [one])
    },
  },
  {
    id: 'pubsub.close.hands-over',
    states: 'What waited for a subscriber of a closed connection goes to others of its group.',
    since: '0.1.0',
    async check(context) {
      const other = await context.connect()
      await taker(other, { group: GROUP, slots: () => createGate().passed.then(() => 100) })
      const gate = createGate()
      const mine = await taker(context.pubsub, { group: GROUP, slots: () => gate.passed.then(() => 100) })
      await context.pubsub.publish(TOPIC, named('hint', 10))
      await context.settle()
      await other.close()
      gate.open()
      await arrived(context, named('hint', 10), [mine])
    },
  },
  {
    id: 'pubsub.close.waits-for-no-take',
    states: 'Close waits for no `take`, nor for room; a `take` may close and wait for it.',
    since: '0.1.0',
    async check(context) {
      const gate = createGate()
      const closed = createGate()
      const other = await context.connect()
      let taking = 0
      await taker(other, { slots: () => gate.passed.then(() => 1) })
      await other.subscribe(TOPIC, {}, async () => {
        taking += 1
        await gate.passed
      })
      await context.pubsub.subscribe(TOPIC, {}, async () => {
        await context.until('the other one has begun to take', () => taking > 0)
        await other.close()
        await context.pubsub.close()
        closed.open()
      })
      await context.pubsub.publish(TOPIC, ['a'])
      await settled(context, 'both are closed', closed.passed).finally(gate.open)
    },
  },
  {
    id: 'pubsub.close.sends-first',
    states: 'What is being published when its connection is closed is accepted.',
    since: '0.1.0',
    async check(context) {
      await taker(await context.connect(), { group: GROUP })
      const { pubsub } = context
      await Promise.all([pubsub.publish(TOPIC, named('hint', 20)), pubsub.publish(TOPIC, ['last']), pubsub.close()])
    },
  },
  {
    id: 'pubsub.close.end-after',
    states: 'A subscription that ended with its connection may be ended again.',
    since: '0.1.0',
    async check({ pubsub }) {
      const mine = await taker(pubsub, { group: GROUP })
      await pubsub.close()
      await mine.end()
    },
  },
  {
    id: 'pubsub.close.no-timers',
    states: 'Closed connections wait for nothing on the clock.',
    since: '0.1.0',
    async check(context) {
      const other = await context.connect()
      let calls = 0
      await other.subscribe(TOPIC, { group: GROUP }, async () => {
        calls += 1
        throw new Error('not now')
      })
      await other.subscribe(TOPIC, { slots: () => 0 }, async () => undefined)
      await context.pubsub.publish(TOPIC, ['a'])
      await context.until('the hint came', () => calls > 0)
      await Promise.all([other.close(), context.pubsub.close()])
      assert.deepEqual(context.clock.pending().count, 0, 'timers that are left')
    },
  },
]
