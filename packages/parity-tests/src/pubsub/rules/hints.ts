import assert from 'node:assert/strict'
import { arrived, sorted, TOPIC, taker } from '../given.js'
import { HOSTILE, PATTERNS, SEPARATORS } from '../hostile-texts.js'
import type { PubSubContext } from '../pub-sub-context.js'
import type { PubSubRule } from '../pub-sub-rule.js'

export const hintRules: readonly PubSubRule[] = [
  {
    id: 'pubsub.hint.any-text',
    states: 'Any text is a hint, and arrives as it was sent.',
    since: '0.1.0',
    check: (context) => arriveAsSent(context, [...HOSTILE, ...PATTERNS]),
  },
  {
    id: 'pubsub.hint.separate',
    states: 'Hints of one call stay as many as they were, whatever they contain.',
    since: '0.1.0',
    check: (context) => arriveAsSent(context, SEPARATORS),
  },
  {
    id: 'pubsub.hint.empty',
    states: 'A hint may be empty.',
    since: '0.1.0',
    check: (context) => arriveAsSent(context, ['']),
  },
  {
    id: 'pubsub.hint.long',
    states: 'A hint may have ten thousand characters.',
    since: '0.1.0',
    check: (context) => arriveAsSent(context, [`${'x'.repeat(9_999)}a`, `${'é'.repeat(9_999)}b`]),
  },
]

async function arriveAsSent(context: PubSubContext, hints: readonly string[]): Promise<void> {
  const mine = await taker(context.pubsub)
  await context.pubsub.publish(TOPIC, hints)
  const marked = ['the end']
  await context.until('as many hints arrived as were sent', () => mine.hints.length >= hints.length)
  await context.pubsub.publish(TOPIC, marked)
  await arrived(context, marked, [mine])
  assert.deepEqual(sorted(new Set(mine.hints)), sorted(new Set([...hints, ...marked])))
}
