import { describe, expect, it } from 'vitest'
import { pubsubRules, pubsubSuite } from '../src/index.js'
import { brokenPubSubs } from './broken-pubsub/broken-pub-subs.js'

describe('the pub/sub suite catches', () => {
  it.for(brokenPubSubs)('a pub/sub that $mistake, by $rule and by nothing else', async ({ rule, mistake, options }) => {
    const { rules } = await pubsubSuite({ name: mistake, ...options }).run()
    const failed = rules.filter(({ result }) => result === 'failed')
    expect(failed.map(({ id, failure }) => (id === rule ? id : failure))).toEqual([rule])
    expect(failed[0]?.failure).toContain(`[${rule}] `)
  })

  it('a mistake for each of its rules', () => {
    const caught = new Set(brokenPubSubs.map(({ rule }) => rule))
    expect(pubsubRules.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual([])
  })
})
