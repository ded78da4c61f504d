import { inspect } from 'node:util'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PrivateServer } from '../../../scripts/services/private-server.d.mts'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import { createRedisPubSub, type RedisPubSubOptions } from '../src/index.js'
import { arrived, quiet, taker } from './given.js'

describe('the options of the server', () => {
  let server: PrivateServer

  beforeAll(async () => {
    server = await startRedis({ args: ['--requirepass', 'right-secret'] })
  }, 60_000)
  afterAll(() => server.stop())

  const open = (user: string) =>
    createRedisPubSub({ url: server.url.replace('//', `//${user}@`), logger: quiet, timeoutMs: 1_000 })

  it('are passed on untouched', { timeout: 30_000 }, async () => {
    const connection = { host: '127.0.0.1', port: server.port, password: 'right-secret', db: 3 }
    for (const pubsub of [open(':right-secret'), createRedisPubSub({ connection, logger: quiet })]) {
      const mine = [await taker(pubsub), await taker(pubsub, {})]
      await pubsub.publish('t', ['a'])
      for (const one of mine) await arrived(['a'], [one])
      await pubsub.close()
    }
  })

  it('hold secrets, which no error and no warning tells', { timeout: 30_000 }, async () => {
    const warnings: unknown[] = []
    const url = server.url.replace('//', '//default:wrong-secret@')
    const logger = { warn: (...warning: readonly unknown[]) => void warnings.push(warning) }
    const pubsub = createRedisPubSub({ url, logger, timeoutMs: 1_000 })
    const failures = await Promise.all([
      pubsub.publish('t', ['a']).catch((error: unknown) => error),
      taker(pubsub).catch((error: unknown) => error),
      taker(pubsub, {}).catch((error: unknown) => error),
      pubsub.health(),
    ])
    const told = inspect([failures, warnings], { depth: 20, showHidden: true })
    expect(told).not.toContain('secret')
    expect(told).toContain(server.url)
    await pubsub.close()
  })
})

describe('options', () => {
  const url = 'redis://somewhere:6379'
  const client = new Redis({ lazyConnect: true, keyPrefix: 'mine:' })
  const cases: readonly (readonly [field: string, options: unknown])[] = [
    ['url', {}],
    ['url', { url, connection: {} }],
    ['url', { url: 'http://secret@somewhere' }],
    ['url', { url: 7 }],
    ['connection', { connection: 'redis://:secret@somewhere' }],
    ['client', { client: 'redis://:secret@somewhere' }],
    ['connection.keyPrefix', { connection: { keyPrefix: 'mine:' } }],
    ['client.options.keyPrefix', { client }],
    ['client', { client: { isCluster: true } }],
    ['prefix', { url, prefix: '' }],
    ['prefix', { url, prefix: 'a{b}' }],
    ['maxWaiting', { url, maxWaiting: 0 }],
    ['reclaimMs', { url, reclaimMs: -1 }],
    ['keepMs', { url, keepMs: 30_000 }],
    ['timeoutMs', { url, timeoutMs: Number.NaN }],
  ]

  it.for(cases)('with wrong %s are refused, and not quoted: %j', ([field, options]) => {
    const refused = expect.objectContaining({ code: 'WF_INVALID_OPTION', field })
    const create = () => createRedisPubSub(options as RedisPubSubOptions)
    expect(create).toThrow(refused)
    expect(create).not.toThrow('secret')
  })
})
