import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PrivateServer } from '../../../scripts/services/private-server.d.mts'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import { createRedisPubSub, type RedisPubSub, type RedisPubSubSettings } from '../src/index.js'
import { arrived, insist, named, quiet, taker } from './given.js'

const away = expect.objectContaining({ code: 'WF_PUBSUB_UNAVAILABLE' })

describe('a pub/sub over a server that fails', () => {
  let server: PrivateServer<{ readonly empty?: boolean }>
  const opened: RedisPubSub[] = []
  const create = (settings: RedisPubSubSettings = {}): RedisPubSub => {
    const pubsub = createRedisPubSub({ url: server.url, logger: quiet, timeoutMs: 1_000, ...settings })
    opened.push(pubsub)
    return pubsub
  }

  beforeAll(async () => {
    server = await startRedis()
  }, 60_000)
  afterEach(async () => {
    for (const pubsub of opened.splice(0)) await pubsub.close()
  })
  afterAll(() => server.stop())

  it('delivers all hints of a group though connections are killed again and again', { timeout: 60_000 }, async () => {
    const takers = [await taker(create()), await taker(create())]
    const publisher = create()
    const client = new Redis(server.url)
    let kills = 0
    const timer = setInterval(() => {
      kills += 1
      for (const type of ['normal', 'pubsub']) void client.call('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes')
    }, 200)
    const hints = named(3_000)
    for (let from = 0; from < hints.length; from += 10) {
      await insist(() => publisher.publish('t', hints.slice(from, from + 10)))
      await sleep(5)
    }
    clearInterval(timer)
    await arrived(hints, takers)
    expect(kills).toBeGreaterThan(5)
    client.disconnect()
  })

  it('goes on by itself when the server was restarted and has forgotten everything', { timeout: 60_000 }, async () => {
    const pubsub = create()
    const takers = [await taker(pubsub), await taker(pubsub, {})]
    await pubsub.publish('t', ['before'])
    for (const one of takers) await arrived(['before'], [one])
    await server.restart({ empty: true })
    for (const one of takers) {
      let sent = 0
      const hear = async () => {
        sent += 1
        await pubsub.publish('t', [`after ${sent}`]).catch(() => undefined)
        return one.hints.some((hint) => hint.startsWith('after'))
      }
      await expect.poll(hear, { timeout: 20_000 }).toBe(true)
    }
  })

  it('refuses in bounded time while the server is away, and works again once it is back', {
    timeout: 60_000,
  }, async () => {
    const [early, late] = [create(), create()]
    const mine = await taker(early)
    await server.kill()
    const begun = performance.now()
    await expect(early.publish('t', ['a'])).rejects.toEqual(away)
    await expect(late.publish('t', ['a'])).rejects.toEqual(away)
    await expect(taker(late)).rejects.toEqual(away)
    await expect(taker(late, {})).rejects.toEqual(away)
    expect(await late.health()).toMatchObject({ ok: false, server: server.url })
    expect(performance.now() - begun).toBeLessThan(6_000)
    await server.restart()
    await insist(() => early.publish('t', ['b']))
    const theirs = await taker(late, {})
    const hear = async () => {
      await early.publish('t', ['c']).catch(() => undefined)
      return mine.hints.includes('c') && theirs.hints.includes('c')
    }
    await expect.poll(hear, { timeout: 20_000 }).toBe(true)
    expect(await late.health()).toMatchObject({ ok: true })
  })

  it('does not wait for a server that says nothing, and closes in bounded time', { timeout: 60_000 }, async () => {
    const pubsub = create({ timeoutMs: 300 })
    const mine = await taker(pubsub)
    await server.kill('SIGSTOP')
    try {
      const begun = performance.now()
      await expect(pubsub.publish('t', ['a'])).rejects.toEqual(away)
      const other = create({ timeoutMs: 300 })
      await expect(taker(other)).rejects.toEqual(away)
      await other.close()
      expect(performance.now() - begun).toBeLessThan(4_000)
    } finally {
      await server.kill('SIGCONT')
    }
    await insist(() => pubsub.publish('t', ['b']))
    await arrived(['b'], [mine])
  })

  it('says once that the server is away', { timeout: 60_000 }, async () => {
    const warnings: string[] = []
    const pubsub = create({ logger: { warn: (_, message) => void warnings.push(message) } })
    await taker(pubsub)
    await server.kill()
    await expect.poll(() => warnings.length, { timeout: 10_000 }).toBe(1)
    expect(warnings[0]).toContain(`${server.url}: hints are not read`)
    await server.restart()
    await insist(() => pubsub.publish('t', ['a']))
    expect(warnings).toHaveLength(1)
  })
})
