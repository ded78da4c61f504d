import { type Broker, inTopics, type PubSubSetting } from '@wf/parity-tests'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createNatsPubSub } from '@wf/pubsub-nats'
import { createPostgresPubSub } from '@wf/pubsub-postgres'
import { createRedisPubSub } from '@wf/pubsub-redis'
import { databasePool, freshName, natsUrl, redisClient, redisUrl, removeKeys } from './servers.ts'

/** Brokers for scenarios, each of which gets one on which nothing was published. */
export interface PubSubSite {
  create(setting: PubSubSetting): Broker
  /** Removes all that they have left. */
  remove(): Promise<void>
}

const memory = async (): Promise<PubSubSite> => ({
  create: ({ clock }) => createMemoryPubSub({ clock }),
  remove: async () => undefined,
})

async function redis(): Promise<PubSubSite> {
  const site = freshName()
  return {
    create: ({ broker }) => ({ connect: () => createRedisPubSub({ url: redisUrl(), prefix: `${site}-${broker}` }) }),
    async remove() {
      const client = redisClient()
      await removeKeys(client, `{${site}`)
      await client.quit()
    },
  }
}

/** One schema and one pool for all, and topics of its own for each. */
async function postgres(): Promise<PubSubSite> {
  const pool = databasePool()
  const schema = freshName().replaceAll('-', '_')
  return {
    create: ({ broker }) => ({ connect: () => inTopics(createPostgresPubSub({ pool, schema }), broker) }),
    async remove() {
      await pool.query(`drop schema if exists "${schema}" cascade`)
      await pool.end()
    },
  }
}

/** One stream for all, and topics of its own for each. */
async function nats(): Promise<PubSubSite> {
  const prefix = freshName()
  return {
    create: ({ broker }) => ({ connect: () => inTopics(createNatsPubSub({ url: natsUrl(), prefix }), broker) }),
    remove: async () => undefined,
  }
}

export const pubsubs = { memory, redis, postgres, nats }

export type PubSubName = keyof typeof pubsubs
