import assert from 'node:assert/strict'
import { arrived, GROUP, named, sorted, TOPIC, taker } from '../given.js'
import { HOSTILE, PATTERNS } from '../hostile-texts.js'
import type { PubSubRule } from '../pub-sub-rule.js'

export const groupRules: readonly PubSubRule[] = [
  {
    id: 'pubsub.group.one-takes',
    states: 'Each hint goes to one subscriber of a group, also when they are in different processes.',
    since: '0.1.0',
    async check(context) {
      const takers = [await taker(context.pubsub, { group: GROUP })]
      takers.push(await taker(await context.connect(), { group: GROUP }))
      const hints = named('one of', 50)
      for (const hint of hints) await context.pubsub.publish(TOPIC, [hint])
      await arrived(context, hints, takers)
      await context.settle()
      assert.deepEqual(sorted(takers.flatMap((one) => one.hints)), sorted(hints))
    },
  },
  {
    id: 'pubsub.group.all-get-some',
    states: 'All subscribers of a group get a share of its hints.',
    since: '0.1.0',
    async check(context) {
      const takers = [await taker(context.pubsub, { group: GROUP }), await taker(context.pubsub, { group: GROUP })]
      takers.push(await taker(await context.connect(), { group: GROUP }))
      let sent = 0
      await context.until('each of three subscribers has got a hint', () => {
        sent += 1
        context.pubsub.publish(TOPIC, named(`hint ${sent}`, 3)).catch(() => undefined)
        return takers.every((one) => one.hints.length > 0)
      })
    },
  },
  {
    id: 'pubsub.group.none',
    states: 'Without a group each subscriber gets all hints, also when they are in different processes.',
    since: '0.1.0',
    async check(context) {
      const takers = [await taker(context.pubsub), await taker(context.pubsub), await taker(await context.connect())]
      const hints = named('hint', 20)
      await context.pubsub.publish(TOPIC, hints)
      for (const one of takers) await arrived(context, hints, [one])
    },
  },
  {
    id: 'pubsub.group.several',
    states: 'Each group of a topic gets all hints.',
    since: '0.1.0',
    async check(context) {
      const takers = [await taker(context.pubsub, { group: 'one' }), await taker(context.pubsub, { group: 'other' })]
      const hints = named('hint', 20)
      await context.pubsub.publish(TOPIC, hints)
      for (const one of takers) await arrived(context, hints, [one])
    },
  },
  {
    id: 'pubsub.group.beside-none',
    states: 'A group and a subscriber without one do not take each other anything away.',
    since: '0.1.0',
    async check(context) {
      const takers = [await taker(context.pubsub, { group: GROUP }), await taker(context.pubsub)]
      const hints = named('beside', 20)
      await context.pubsub.publish(TOPIC, hints)
      for (const one of takers) await arrived(context, hints, [one])
    },
  },
  {
    id: 'pubsub.group.of-a-topic',
    states: 'Groups of the same name at two topics have nothing to do with each other.',
    since: '0.1.0',
    async check(context) {
      const { pubsub } = context
      const takers = [await taker(pubsub, { group: GROUP }, 'one'), await taker(pubsub, { group: GROUP }, 'other')]
      for (const [index, topic] of ['one', 'other'].entries()) {
        const hints = named(`hint of ${topic}`, 10)
        for (const hint of hints) await pubsub.publish(topic, [hint])
        await arrived(context, hints, takers.slice(index, index + 1))
      }
    },
  },
  {
    id: 'pubsub.group.any-text',
    states: 'Any text that is not empty names a group, and two that differ are two.',
    since: '0.1.0',
    async check(context) {
      const names = ['runs', ...HOSTILE, ...PATTERNS, 'x'.repeat(10_000), `${'x'.repeat(10_000)}y`]
      const takers = await Promise.all(names.map((group) => taker(context.pubsub, { group })))
      await context.pubsub.publish(TOPIC, ['a'])
      for (const one of takers) await arrived(context, ['a'], [one])
    },
  },
  {
    id: 'pubsub.group.comes-again',
    states: 'Subscribers that leave a group and come again share its hints as before: each goes to one of them, once.',
    since: '0.1.0',
    async check(context) {
      const other = await context.connect()
      const stays = await taker(other, { group: GROUP })
      for (const connection of [context.pubsub, other, context.pubsub]) {
        const left = await taker(connection, { group: GROUP })
        await left.end()
      }
      const takers = [stays, await taker(context.pubsub, { group: GROUP }), await taker(other, { group: GROUP })]
      const hints = named('again', 30)
      for (const hint of hints) await context.pubsub.publish(TOPIC, [hint])
      await arrived(context, hints, takers)
      await context.settle()
      assert.deepEqual(sorted(takers.flatMap((one) => one.hints)), sorted(hints))
    },
  },
  {
    id: 'pubsub.group.late',
    states: 'Whoever joins a group later gets a share of what is published from then on.',
    since: '0.1.0',
    async check(context) {
      const first = await taker(context.pubsub, { group: GROUP })
      await context.pubsub.publish(TOPIC, ['early'])
      await arrived(context, ['early'], [first])
      const late = await taker(await context.connect(), { group: GROUP })
      let sent = 0
      await context.until('whoever came later has got a hint', () => {
        sent += 1
        context.pubsub.publish(TOPIC, named(`late ${sent}`, 2)).catch(() => undefined)
        return late.hints.length > 0
      })
      await first.end()
      await context.pubsub.publish(TOPIC, ['last'])
      await arrived(context, ['last'], [late])
    },
  },
]
