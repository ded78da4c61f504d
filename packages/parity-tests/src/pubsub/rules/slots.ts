import assert from 'node:assert/strict'
import { arrived, createGate, GROUP, named, TOPIC, taker } from '../given.js'
import type { PubSubRule } from '../pub-sub-rule.js'

export const slotRules: readonly PubSubRule[] = [
  {
    id: 'pubsub.slots.limit',
    states: 'No delivery holds more hints than the subscriber can take, be it a number or a promise of one.',
    since: '0.1.0',
    async check(context) {
      const few = await taker(context.pubsub, { group: 'few', slots: () => 3 })
      const promised = await taker(context.pubsub, { group: 'promised', slots: async () => 3 })
      const hints = named('hint', 40)
      await context.pubsub.publish(TOPIC, hints)
      for (const one of [few, promised]) {
        await arrived(context, hints, [one])
        assert.ok(largest(one.deliveries) <= 3, `a delivery held ${largest(one.deliveries)} hints instead of 3 at most`)
      }
    },
  },
  {
    id: 'pubsub.slots.without-group',
    states: 'A subscriber without a group is asked too.',
    since: '0.1.0',
    async check(context) {
      const few = await taker(context.pubsub, { slots: () => 3 })
      const hints = named('hint', 40)
      await context.pubsub.publish(TOPIC, hints)
      await arrived(context, hints, [few])
      assert.ok(largest(few.deliveries) <= 3, `a delivery held ${largest(few.deliveries)} hints instead of 3 at most`)
    },
  },
  {
    id: 'pubsub.slots.each-time',
    states: 'Before each delivery the subscriber is asked anew.',
    since: '0.1.0',
    async check(context) {
      const hints: string[] = []
      let asked = 0
      let room = 0
      let tooMany = 0
      const slots = () => {
        asked += 1
        room = 1 + (asked % 4)
        return room
      }
      await context.pubsub.subscribe(TOPIC, { group: GROUP, slots }, async (given) => {
        hints.push(...given)
        tooMany = Math.max(tooMany, given.length - room)
        // Another answer is needed before there is room again.
        room = 0
      })
      await context.pubsub.publish(TOPIC, named('hint', 40))
      await arrived(context, named('hint', 40), [{ hints }])
      assert.equal(tooMany, 0, 'delivered beyond the last answer')
    },
  },
  {
    id: 'pubsub.slots.in-flight',
    states: 'A subscriber that counts what it has in flight never gets more than it has room for.',
    since: '0.1.0',
    async check(context) {
      const flight = createFlight(5)
      await context.pubsub.subscribe(TOPIC, { group: GROUP, slots: flight.slots }, flight.take)
      const hints = named('hint', 60)
      await context.pubsub.publish(TOPIC, hints.slice(0, 30))
      for (const hint of hints.slice(30)) await context.pubsub.publish(TOPIC, [hint])
      await arrived(context, hints, [flight])
      assert.ok(flight.most() <= 5, `${flight.most()} hints were in flight where there was room for 5`)
    },
  },
  {
    id: 'pubsub.slots.pending',
    states: 'While the promise of room is pending, the subscriber gets nothing; then it gets what waits.',
    since: '0.1.0',
    async check(context) {
      const gate = createGate()
      const mine = await taker(context.pubsub, { group: GROUP, slots: () => gate.passed.then(() => 100) })
      await context.pubsub.publish(TOPIC, ['a', 'b'])
      await context.settle()
      assert.deepEqual(mine.hints, [], 'delivered before there was room')
      gate.open()
      await arrived(context, ['a', 'b'], [mine])
    },
  },
  {
    id: 'pubsub.slots.others-take',
    states: 'While one subscriber of a group has no room, the others get its hints.',
    since: '0.1.0',
    async check(context) {
      const gate = createGate()
      const full = await taker(context.pubsub, { group: GROUP, slots: () => gate.passed.then(() => 1) })
      const near = await taker(context.pubsub, { group: GROUP })
      await context.pubsub.publish(TOPIC, named('first', 10))
      await arrived(context, named('first', 10), [near])
      await near.end()
      const far = await taker(await context.connect(), { group: GROUP })
      await context.pubsub.publish(TOPIC, named('second', 10))
      await arrived(context, named('second', 10), [far])
      assert.deepEqual(full.hints, [])
      gate.open()
    },
  },
  {
    id: 'pubsub.slots.other-groups',
    states: 'A subscriber without room does not hold up other groups, nor subscribers without one.',
    since: '0.1.0',
    async check(context) {
      const gate = createGate()
      const slots = () => gate.passed.then(() => 1)
      for (const options of [{ group: GROUP, slots }, { slots }]) await taker(context.pubsub, options)
      const takers = [await taker(context.pubsub, { group: 'others' }), await taker(context.pubsub)]
      await context.pubsub.publish(TOPIC, named('hint', 10))
      for (const one of takers) await arrived(context, named('hint', 10), [one])
      gate.open()
    },
  },
  {
    id: 'pubsub.slots.none',
    states: 'A subscriber that does not answer with 1 or more gets nothing, and is asked again a while later.',
    since: '0.1.0',
    async check(context) {
      const answers = [0, -1, Number.NaN, 0.5]
      let room = false
      const slots = () => (room ? 1 : (answers.shift() ?? 0))
      const mine = await taker(context.pubsub, { group: GROUP, slots })
      await context.pubsub.publish(TOPIC, ['a'])
      await context.until('it was asked again', () => answers.length === 0)
      assert.deepEqual(mine.hints, [], 'delivered where there was no room')
      room = true
      await arrived(context, ['a'], [mine])
    },
  },
  {
    id: 'pubsub.slots.fails',
    states: 'A subscriber that fails to answer gets nothing, and is asked again a while later.',
    since: '0.1.0',
    async check(context) {
      let asked = 0
      const slots = () => {
        asked += 1
        if (asked === 1) throw new Error('not now')
        return asked === 2 ? Promise.reject(new Error('not now')) : 1
      }
      const mine = await taker(context.pubsub, { group: GROUP, slots })
      await context.pubsub.publish(TOPIC, ['a'])
      await arrived(context, ['a'], [mine])
      assert.ok(asked >= 3, `delivered after ${asked} answers`)
    },
  },
  {
    id: 'pubsub.slots.unlimited',
    states: 'A subscriber may have room for any number.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub, { group: GROUP, slots: () => Number.POSITIVE_INFINITY })
      const promised = await taker(context.pubsub, { group: 'promised', slots: async () => Number.MAX_VALUE })
      await context.pubsub.publish(TOPIC, named('hint', 100))
      for (const one of [mine, promised]) await arrived(context, named('hint', 100), [one])
    },
  },
]

interface Flight {
  readonly hints: readonly string[]
  slots(): number | Promise<number>
  take(hints: readonly string[]): Promise<void>
  most(): number
}

/** As an engine does it: a hint takes a place from its delivery on until it is done. */
function createFlight(places: number): Flight {
  const hints: string[] = []
  let taken = 0
  let most = 0
  let wake: (() => void) | undefined
  return {
    hints,
    slots() {
      if (taken < places) return places - taken
      return new Promise((resolve) => {
        wake = () => resolve(places - taken)
      })
    },
    async take(given) {
      taken += given.length
      most = Math.max(most, taken)
      await new Promise((resolve) => setImmediate(resolve))
      hints.push(...given)
      taken -= given.length
      wake?.()
      wake = undefined
    },
    most: () => most,
  }
}

function largest(deliveries: readonly (readonly string[])[]): number {
  return Math.max(...deliveries.map(({ length }) => length))
}
