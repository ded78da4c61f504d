export { createRedisStorage, type RedisStorageOptions } from './create-redis-storage.js'
export type { RedisStorage } from './storage-on.js'
