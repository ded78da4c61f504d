import type { Redis } from 'ioredis'

export function redisUrl(): string {
  const url = process.env.REDIS_URL
  if (url === undefined) throw new Error('REDIS_URL is not set: these tests need a Redis')
  return url
}

/** Removes what a prefix has left. */
export async function removeKeys(client: Redis, prefix: string): Promise<void> {
  const keys = await client.keys(`{${prefix}}*`)
  if (keys.length > 0) await client.del(...keys)
}
