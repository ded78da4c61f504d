import { nats } from './nats.mjs'
import { postgres } from './postgres.mjs'
import { redis } from './redis.mjs'

export const kinds = [postgres, redis, nats]
