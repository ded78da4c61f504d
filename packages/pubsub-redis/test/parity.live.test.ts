import { setTimeout as sleep } from 'node:timers/promises'
import { type PubSubSetting, pubsubSuite } from '@wf/parity-tests'
import { Redis } from 'ioredis'
import { afterAll, describe, it } from 'vitest'
import { createRedisPubSub } from '../src/index.js'
import { redisUrl, removeKeys } from './given.js'

const url = redisUrl()
const client = new Redis(url)
afterAll(() => client.quit())

const logger = { warn: () => undefined }
const common = {
  settle: async ({ clock }: PubSubSetting) => {
    for (let second = 0; second < 10; second += 1) {
      await clock.advance(1_000)
      await sleep(8)
    }
  },
  remove: ({ broker }: PubSubSetting) => removeKeys(client, broker),
}

pubsubSuite({
  ...common,
  name: 'redis',
  create: ({ clock, broker: prefix }) => createRedisPubSub({ url, prefix, clock, logger }),
  connect: (_, { clock, broker: prefix }) => createRedisPubSub({ url, prefix, clock, logger }),
}).register({ describe, it })

pubsubSuite({
  ...common,
  name: "redis, over the user's client",
  create: ({ clock, broker: prefix }) => createRedisPubSub({ client, prefix, clock, logger }),
  connect: (_, { clock, broker: prefix }) => createRedisPubSub({ client, prefix, clock, logger }),
}).register({ describe, it })
