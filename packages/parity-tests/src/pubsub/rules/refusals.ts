import assert from 'node:assert/strict'
import type { PubSub, SubscribeOptions, TakeHints } from '@wf/core'
import { arrived, refused, TOPIC, taker } from '../given.js'
import type { PubSubRule } from '../pub-sub-rule.js'

interface Call {
  readonly topic?: unknown
  readonly hints?: unknown
  readonly options?: unknown
  readonly take?: unknown
}

const publishes: Readonly<Record<string, readonly Call[]>> = {
  topic: [{ topic: '' }, { topic: undefined }, { topic: 7 }],
  hints: [{ hints: 'a' }, { hints: undefined }, { hints: ['a', 7] }, { hints: [null] }],
}

const subscribes: Readonly<Record<string, readonly Call[]>> = {
  topic: [{ topic: '' }, { topic: undefined }, { topic: 7 }],
  options: [{ options: null }, { options: 'workers' }],
  group: [{ options: { group: '' } }, { options: { group: 7 } }],
  slots: [{ options: { slots: 7 } }],
  take: [{ take: undefined }, { take: 'take' }],
}

/** Nobody who writes TypeScript can call like this. */
function publish(pubsub: PubSub, call: Call): Promise<void> {
  const { topic, hints } = { topic: TOPIC, hints: ['a'], ...call }
  return pubsub.publish(topic as string, hints as readonly string[])
}

function subscribe(pubsub: PubSub, call: Call): Promise<unknown> {
  const { topic, options, take } = { topic: TOPIC, options: {}, take: async () => undefined, ...call }
  return pubsub.subscribe(topic as string, options as SubscribeOptions, take as TakeHints)
}

export const refusalRules: readonly PubSubRule[] = [
  ...Object.entries(publishes).map(
    ([field, calls]): PubSubRule => ({
      id: `pubsub.refuses.publish-${field}`,
      states: `\`publish\` with wrong ${field} rejects with WF_INVALID_OPTION, which names the field.`,
      since: '0.1.0',
      async check({ pubsub }) {
        for (const call of calls) {
          await refused(() => publish(pubsub, call), { code: 'WF_INVALID_OPTION', field, what: JSON.stringify(call) })
        }
      },
    }),
  ),
  ...Object.entries(subscribes).map(
    ([field, calls]): PubSubRule => ({
      id: `pubsub.refuses.subscribe-${field}`,
      states: `\`subscribe\` with wrong ${field} rejects with WF_INVALID_OPTION, which names the field.`,
      since: '0.1.0',
      async check({ pubsub }) {
        for (const call of calls) {
          await refused(() => subscribe(pubsub, call), { code: 'WF_INVALID_OPTION', field, what: JSON.stringify(call) })
        }
      },
    }),
  ),
  {
    id: 'pubsub.refuses.as-a-whole',
    states: 'Of a `publish` that is refused nothing arrives.',
    since: '0.1.0',
    async check(context) {
      const mine = await taker(context.pubsub)
      await publish(context.pubsub, { hints: ['a', 'b', 7] }).catch(() => undefined)
      await context.pubsub.publish(TOPIC, ['sound'])
      await arrived(context, ['sound'], [mine])
      await context.settle()
      assert.deepEqual(mine.hints, ['sound'])
    },
  },
]
