import { invalidField } from './check-commit.js'
import type { SubscribeOptions, TakeHints } from './pub-sub.js'

/** What a pub/sub refuses to publish, whoever is subscribed. */
export function checkPublish(topic: string, hints: readonly string[]): void {
  checkTopic(topic)
  if (!Array.isArray(hints) || !hints.every((hint) => typeof hint === 'string')) {
    throw invalidField('hints', 'must be an array of strings')
  }
}

/** What a pub/sub refuses to subscribe. */
export function checkSubscribe(topic: string, options: SubscribeOptions, take: TakeHints): void {
  checkTopic(topic)
  if (typeof options !== 'object' || options === null) throw invalidField('options', 'must be an object')
  const { group, slots } = options
  if (group !== undefined && (typeof group !== 'string' || group === '')) {
    throw invalidField('group', 'must be a string that is not empty')
  }
  if (slots !== undefined && typeof slots !== 'function') throw invalidField('slots', 'must be a function')
  if (typeof take !== 'function') throw invalidField('take', 'must be a function')
}

function checkTopic(topic: string): void {
  if (typeof topic !== 'string' || topic === '') throw invalidField('topic', 'must be a string that is not empty')
}
