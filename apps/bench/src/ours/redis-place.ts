import { createRedisPubSub } from '@wf/pubsub-redis'
import { createRedisStorage } from '@wf/storage-redis'
import { Redis } from 'ioredis'
import { freshName, type Place, placeOn, urlOf } from './place.ts'

/** A prefix of its own, with a storage and a pub/sub as users have them. */
export function redisPlace(): Place {
  const prefix = freshName()
  const watcher = new Redis(urlOf('REDIS_URL'))
  const url = new URL(urlOf('REDIS_URL'))
  // By their name connections are told from those of others.
  url.searchParams.set('connectionName', prefix)
  return placeOn({
    storage: () => createRedisStorage({ url: url.href, prefix }),
    pubsub: () => createRedisPubSub({ url: url.href, prefix }),
    async connections() {
      const clients = String(await watcher.client('LIST')).split('\n')
      return clients.filter((client) => client.includes(` name=${prefix} `)).length
    },
    async remove() {
      await removeKeys(watcher, prefix)
      await watcher.quit()
    },
  })
}

export async function removeKeys(client: Redis, prefix: string): Promise<void> {
  for await (const keys of client.scanStream({ match: `*${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await client.unlink(keys)
  }
}
