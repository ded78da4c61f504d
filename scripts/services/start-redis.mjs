import { startPrivate } from './private-server.mjs'
import { redis } from './redis.mjs'

export const startRedis = (options = {}) => startPrivate(redis, options)
