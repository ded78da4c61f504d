import assert from 'node:assert/strict'
import { arrived, GROUP, named, TOPIC, taker } from '../given.js'
import { HOSTILE, PATTERNS } from '../hostile-texts.js'
import type { PubSubContext } from '../pub-sub-context.js'
import type { PubSubRule } from '../pub-sub-rule.js'

export const topicRules: readonly PubSubRule[] = [
  {
    id: 'pubsub.topic.apart',
    states: 'The hints of one topic do not arrive at another one.',
    since: '0.1.0',
    check: (context) => areApart(context, ['orders', 'payments', 'order']),
  },
  {
    id: 'pubsub.topic.no-patterns',
    states: 'A topic that looks like a pattern is a topic like any other.',
    since: '0.1.0',
    check: (context) => areApart(context, ['runs', 'a', ...PATTERNS]),
  },
  {
    id: 'pubsub.topic.any-text',
    states: 'Any text is a topic, and two that differ are two, if only in case, in a space or in Unicode form.',
    since: '0.1.0',
    check: (context) => areApart(context, ['runs', ...HOSTILE]),
  },
  {
    id: 'pubsub.topic.long',
    states: 'Topics of ten thousand characters that differ in the last one only are two.',
    since: '0.1.0',
    check: (context) => areApart(context, [`${'x'.repeat(10_000)}a`, `${'x'.repeat(10_000)}b`]),
  },
  {
    id: 'pubsub.topic.many',
    states: 'Two hundred topics carry hints at once.',
    since: '0.1.0',
    async check(context) {
      const topics = named('topic', 200)
      const takers = await Promise.all(topics.map((topic) => taker(context.pubsub, { group: GROUP }, topic)))
      await Promise.all(topics.map((topic) => context.pubsub.publish(topic, [`of ${topic}`])))
      const hints = topics.map((topic) => `of ${topic}`)
      await arrived(context, hints, takers)
      assert.deepEqual(
        takers.map((one) => one.hints[0]),
        hints,
      )
    },
  },
  {
    id: 'pubsub.topic.of-a-broker',
    states: 'Two brokers share nothing, whatever their topics and groups are called.',
    since: '0.1.0',
    async check(context) {
      const elsewhere = await context.create()
      for (const [index, options] of [{ group: GROUP }, {}].entries()) {
        const [mine, theirs] = [await taker(context.pubsub, options), await taker(elsewhere, options)]
        await context.pubsub.publish(TOPIC, [`mine ${index}`])
        await elsewhere.publish(TOPIC, [`theirs ${index}`])
        await arrived(context, [`mine ${index}`, `theirs ${index}`], [mine, theirs])
        await context.settle()
        assert.deepEqual([...new Set(mine.hints), ...new Set(theirs.hints)], [`mine ${index}`, `theirs ${index}`])
      }
    },
  },
]

/** A hint to each topic, which names it, arrives there and nowhere else: in a group, and at a subscriber without one. */
async function areApart(context: PubSubContext, topics: readonly string[]): Promise<void> {
  const { pubsub } = context
  const subscribed = topics.map(async (topic, index) => {
    const takers = await Promise.all([taker(pubsub, { group: GROUP }, topic), taker(pubsub, {}, topic)])
    return { topic, hint: `${index}`, takers }
  })
  const all = await Promise.all(subscribed)
  for (const { topic, hint } of all) await pubsub.publish(topic, [hint])
  for (const { hint, takers } of all) for (const one of takers) await arrived(context, [hint], [one])
  await context.settle()
  for (const { topic, hint, takers } of all) {
    const seen = new Set(takers.flatMap((one) => one.hints))
    assert.deepEqual(seen, new Set([hint]), `what arrived at the topic ${JSON.stringify(topic.slice(0, 60))}`)
  }
}
