import { isWorkflowError } from '@wf/core'
import { type BrokenPubSub, brokenRefusal } from './broken-pub-sub.js'

export const brokenRefusals: readonly BrokenPubSub[] = [
  ...(['topic', 'hints'] as const).map((field) =>
    brokenRefusal(`pubsub.refuses.publish-${field}`, `publishes wrong ${field}`, () => (sound) => ({
      async publish(topic, hints) {
        await sound.publish(topic, hints).catch(unless(field))
      },
    })),
  ),
  ...(['topic', 'options', 'group', 'slots', 'take'] as const).map((field) =>
    brokenRefusal(`pubsub.refuses.subscribe-${field}`, `subscribes with wrong ${field}`, () => (sound) => ({
      async subscribe(topic, options, take) {
        return (await sound.subscribe(topic, options, take).catch(unless(field))) ?? (async () => undefined)
      },
    })),
  ),
  brokenRefusal('pubsub.refuses.as-a-whole', 'sends what is sound of what it refuses', () => (sound) => ({
    async publish(topic, hints) {
      const sent = Array.isArray(hints) ? hints.filter((hint) => typeof hint === 'string') : hints
      await sound.publish(topic, sent)
      if (sent.length < hints.length) await sound.publish(topic, hints)
    },
  })),
]

/** Forgives one mistake. */
function unless(field: string): (error: unknown) => undefined {
  return (error) => {
    if (!isWorkflowError(error) || error.field !== field) throw error
  }
}
