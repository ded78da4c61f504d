import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { Pool } from 'pg'

function urlOf(name: 'DATABASE_URL' | 'REDIS_URL' | 'NATS_URL'): string {
  const url = process.env[name]
  if (!url) throw new Error(`${name} must say where the server is`)
  return url
}

export const natsUrl = (): string => urlOf('NATS_URL')

export const redisUrl = (): string => urlOf('REDIS_URL')

export const redisClient = (): Redis => new Redis(redisUrl())

/** Whether commits outlive the machine is for the suite of the storage; here nothing waits for the disk. */
export const databasePool = (): Pool =>
  new Pool({ connectionString: urlOf('DATABASE_URL'), max: 10, options: '-c synchronous_commit=off' })

/** For what one run leaves on a server. */
export const freshName = (): string => `parity-${randomUUID().slice(0, 8)}`

const AT_ONCE = 1_000

export async function removeKeys(client: Redis, begin: string): Promise<void> {
  for await (const keys of client.scanStream({ match: `*${begin}*`, count: AT_ONCE })) {
    if (keys.length > 0) await client.unlink(keys)
  }
}
