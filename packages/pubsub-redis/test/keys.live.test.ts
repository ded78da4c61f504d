import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PrivateServer } from '../../../scripts/services/private-server.d.mts'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import { createRedisPubSub, type RedisPubSub, type RedisPubSubSettings } from '../src/index.js'
import { arrived, named, quiet, taker } from './given.js'

describe('what is kept on the server', () => {
  let server: PrivateServer
  let client: Redis
  const opened: RedisPubSub[] = []
  const create = (settings: RedisPubSubSettings = {}): RedisPubSub => {
    const pubsub = createRedisPubSub({ url: server.url, logger: quiet, ...settings })
    opened.push(pubsub)
    return pubsub
  }
  const connections = async () =>
    String(await client.client('LIST'))
      .trim()
      .split('\n').length - 1

  beforeAll(async () => {
    server = await startRedis()
    client = new Redis(server.url)
  }, 60_000)
  afterEach(async () => {
    for (const pubsub of opened.splice(0)) await pubsub.close()
    await client.flushall()
  })
  afterAll(async () => {
    client.disconnect()
    await server.stop()
  })

  it('needs three connections, however many topics, groups and subscribers there are', {
    timeout: 30_000,
  }, async () => {
    const pubsub = create()
    expect(await connections()).toBe(0)
    await pubsub.publish('t', ['a'])
    expect(await connections()).toBe(1)
    const topics = Array.from({ length: 50 }, (_, index) => `topic ${index}`)
    const takers = await Promise.all(
      topics.flatMap((topic) => [{ group: 'g' }, { group: 'h' }].map((options) => taker(pubsub, options, topic))),
    )
    await expect.poll(connections).toBe(2)
    takers.push(...(await Promise.all(topics.map((topic) => taker(pubsub, {}, topic)))))
    await Promise.all(topics.map((topic) => pubsub.publish(topic, [topic])))
    for (const [index, one] of takers.entries())
      await arrived([topics[Math.floor(index / 2) % 50] ?? ''].slice(0, index < 100 ? 1 : 0), [one])
    expect(await connections()).toBe(3)
    await pubsub.close()
    await expect.poll(connections).toBe(0)
  })

  it('leaves the client of the user open, and duplicates it for reading', { timeout: 30_000 }, async () => {
    const mine = new Redis(server.url)
    const pubsub = createRedisPubSub({ client: mine, logger: quiet })
    const one = await taker(pubsub)
    await pubsub.publish('t', ['a'])
    await arrived(['a'], [one])
    expect(await connections()).toBe(2)
    await pubsub.close()
    await expect.poll(connections).toBe(1)
    expect(await mine.ping()).toBe('PONG')
    mine.disconnect()
  })

  it('removes hints that were taken, and keeps no more than it was told of others', { timeout: 30_000 }, async () => {
    const pubsub = create({ maxWaiting: 500 })
    const mine = await taker(pubsub)
    await pubsub.publish('t', named(200))
    await arrived(named(200), [mine])
    await expect.poll(() => client.xlen('{wf}/t/g')).toBe(0)
    await mine.end()
    await pubsub.publish('t', named(5_000))
    // The server cuts whole nodes of a hundred entries.
    expect(await client.xlen('{wf}/t/g')).toBeLessThanOrEqual(600)
    const later = await taker(pubsub)
    await arrived(named(5_000).slice(-500), [later])
  })

  it('forgets topics and groups that nobody uses, also those of dead processes', { timeout: 30_000 }, async () => {
    const pubsub = create({ reclaimMs: 300, keepMs: 1_000 })
    const mine = await taker(pubsub)
    const other = await taker(pubsub, { group: 'h' })
    await other.end()
    await expect.poll(() => client.exists('{wf}/t/h'), { timeout: 5_000 }).toBe(0)
    await pubsub.publish('t', ['a'])
    expect(await client.smembers('{wf}/t')).toEqual(['g'])
    await arrived(['a'], [mine])
    await pubsub.close()
    await expect.poll(() => client.keys('*'), { timeout: 5_000 }).toEqual([])
  })

  it('makes what somebody has removed, and reads on', { timeout: 30_000 }, async () => {
    const pubsub = create({ reclaimMs: 1_000 })
    const mine = await taker(pubsub)
    await client.flushall()
    const hear = async () => {
      await pubsub.publish('t', ['after'])
      return mine.hints.includes('after')
    }
    await expect.poll(hear, { timeout: 10_000 }).toBe(true)
  })
})
