export { createRedisPubSub, type RedisPubSub } from './create-redis-pub-sub.js'
export type { RedisPubSubOptions, RedisPubSubSettings, RedisServer } from './redis-pub-sub-options.js'
