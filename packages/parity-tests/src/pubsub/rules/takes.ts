import assert from 'node:assert/strict'
import { arrived, GROUP, named, sorted, TOPIC, taker } from '../given.js'
import type { PubSubRule } from '../pub-sub-rule.js'
import { withoutUnhandled } from '../unhandled-rejections.js'

export const takeRules: readonly PubSubRule[] = [
  {
    id: 'pubsub.take.rejects',
    states: 'The hints of a `take` that rejects come again.',
    since: '0.1.0',
    async check(context) {
      const hints: string[] = []
      await context.pubsub.subscribe(TOPIC, { group: GROUP }, async (given) => {
        const isNew = given.some((hint) => !hints.includes(hint))
        hints.push(...given)
        if (isNew) throw new Error('not now')
      })
      await context.pubsub.publish(TOPIC, ['a', 'b'])
      for (const hint of ['a', 'b']) {
        await context.until('each hint came twice', () => hints.filter((one) => one === hint).length >= 2)
      }
    },
  },
  {
    id: 'pubsub.take.throws',
    states: 'The hints of a `take` that throws before it has a promise come again.',
    since: '0.1.0',
    async check(context) {
      let calls = 0
      await context.pubsub.subscribe(TOPIC, { group: GROUP }, () => {
        calls += 1
        if (calls === 1) throw new Error('not now')
        return Promise.resolve()
      })
      await context.pubsub.publish(TOPIC, ['a'])
      await context.until('the hint came twice', () => calls >= 2)
    },
  },
  {
    id: 'pubsub.take.without-group',
    states: 'Hints come again also to a subscriber without a group.',
    since: '0.1.0',
    async check(context) {
      let calls = 0
      await context.pubsub.subscribe(TOPIC, {}, async () => {
        calls += 1
        if (calls === 1) throw new Error('not now')
      })
      await context.pubsub.publish(TOPIC, ['a'])
      await context.until('the hint came twice', () => calls >= 2)
    },
  },
  {
    id: 'pubsub.take.another-takes',
    states: 'What a subscriber failed to take before it left comes to another one of its group.',
    since: '0.1.0',
    async check(context) {
      const failed: string[] = []
      const end = await context.pubsub.subscribe(TOPIC, { group: GROUP }, async (given) => {
        failed.push(...given)
        throw new Error('never')
      })
      await context.pubsub.publish(TOPIC, ['a'])
      await arrived(context, ['a'], [{ hints: failed }])
      const other = await taker(await context.connect(), { group: GROUP })
      await end()
      await arrived(context, ['a'], [other])
    },
  },
  {
    id: 'pubsub.take.acknowledges',
    states: 'What was taken does not come again, though another delivery fails.',
    since: '0.1.0',
    async check(context) {
      const hints: string[] = []
      let fails = true
      await context.pubsub.subscribe(TOPIC, { group: GROUP }, async (given) => {
        hints.push(...given)
        if (!fails || !given.includes('failing')) return
        fails = false
        throw new Error('not now')
      })
      for (const hint of ['taken', 'failing', 'later']) {
        await context.pubsub.publish(TOPIC, [hint])
        await arrived(context, [hint], [{ hints }])
      }
      await context.until('the hint that failed came again', () => !fails && hints.length >= 4)
      await context.settle()
      assert.deepEqual(sorted(hints), ['failing', 'failing', 'later', 'taken'])
    },
  },
  {
    id: 'pubsub.take.others-go-on',
    states: 'A hint that always fails does not keep the others from arriving.',
    since: '0.1.0',
    async check(context) {
      const taken: string[] = []
      await context.pubsub.subscribe(TOPIC, { group: GROUP, slots: () => 1 }, async (given) => {
        if (given.includes('bad')) throw new Error('never')
        taken.push(...given)
      })
      await context.pubsub.publish(TOPIC, ['bad', ...named('good', 20)])
      await arrived(context, named('good', 20), [{ hints: taken }])
      await context.pubsub.publish(TOPIC, ['more'])
      await arrived(context, ['more'], [{ hints: taken }])
    },
  },
  {
    id: 'pubsub.take.given-up',
    states: 'A hint that always fails comes again a bounded number of times.',
    since: '0.1.0',
    async check(context) {
      let calls = 0
      await context.pubsub.subscribe(TOPIC, { group: GROUP }, async () => {
        calls += 1
        throw new Error('never')
      })
      await context.pubsub.publish(TOPIC, ['bad'])
      await context.until('the hint came', () => calls > 0)
      for (let looks = 0, before = 0; before < calls; looks += 1) {
        assert.ok(looks < 8, `after ${calls} times it still comes again`)
        before = calls
        await context.settle()
      }
    },
  },
  {
    id: 'pubsub.take.no-unhandled',
    states: 'No rejection of a `take` is left unhandled.',
    since: '0.1.0',
    check: (context) =>
      withoutUnhandled(async () => {
        let calls = 0
        await context.pubsub.subscribe(TOPIC, { group: GROUP }, async () => {
          calls += 1
          throw new Error('never')
        })
        await context.pubsub.publish(TOPIC, ['unheard'])
        await context.until('the hint came twice', () => calls >= 2)
      }),
  },
]
