import { invalidField, serverName } from '@wf/core'
import { type Cluster, Redis, type RedisOptions } from 'ioredis'
import { isReplica } from './redis-failure.js'

/** A connection to one server, or to the nodes of a cluster. */
export type Client = Redis | Cluster

/** Where the server is: exactly one of three. */
export type Place =
  | { readonly url: string; readonly connection?: never; readonly client?: never }
  /** The options of the driver, for one server or for sentinels. */
  | { readonly connection: RedisOptions; readonly url?: never; readonly client?: never }
  /** A client of yours, also one of a cluster. It is never closed here. */
  | { readonly client: Client; readonly url?: never; readonly connection?: never }

export interface Reached {
  readonly client: Client
  /** For errors and logs; never a password. */
  readonly server: string
  /** Whether it was made here, and so is closed and mended here. */
  readonly own: boolean
}

/**
 * Nothing waits in the driver: what is under way when a connection is lost is rejected and never sent again by itself,
 * because only the caller knows whether that is right. A primary that became a replica is left for the new one.
 */
const OWN = {
  lazyConnect: true,
  enableOfflineQueue: false,
  enableAutoPipelining: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  reconnectOnError: isReplica,
} satisfies RedisOptions

const again = (times: number): number => Math.min(20 * 2 ** Math.min(times - 1, 10), 1_000)

export function reach({ url, connection, client }: Place): Reached {
  const given = [url, connection, client].filter((one) => one !== undefined)
  if (given.length !== 1) throw invalidField('url', 'or "connection" or "client" must be given, exactly one of them')
  if (client !== undefined) return { client: checkClient(client), server: nameOf(client), own: false }
  if (url !== undefined) {
    const name = typeof url === 'string' ? serverName(url) : ''
    if (!/^rediss?:\/\//.test(name)) throw invalidField('url', "must begin with 'redis://' or 'rediss://'")
    const made = listening(new Redis(url, { retryStrategy: again, ...OWN }))
    refusePrefix(made.options.keyPrefix, 'url')
    return { client: made, server: name, own: true }
  }
  const { replyMapping: _, ...options } = connection ?? {}
  refusePrefix(options.keyPrefix, 'connection')
  const made = listening(new Redis({ ...options, retryStrategy: options.retryStrategy ?? again, ...OWN }))
  return { client: made, server: nameOf(made), own: true }
}

/** An error that nobody hears would be printed by the driver; calls are told when they are made. */
function listening(client: Redis): Redis {
  client.on('error', () => undefined)
  return client
}

export function isCluster(client: Client): client is Cluster {
  return client.isCluster
}

function checkClient(client: Client): Client {
  if (typeof client?.pipeline !== 'function')
    throw invalidField('client', 'must be a `Redis` or a `Cluster` of ioredis')
  refusePrefix(client.options.keyPrefix, 'client')
  if (isCluster(client)) {
    refusePrefix(client.options.redisOptions?.keyPrefix, 'client')
    const { scaleReads } = client.options
    if (scaleReads !== undefined && scaleReads !== 'master')
      throw invalidField('client', "must read from primaries: replicas lag, so `scaleReads` has to be 'master'")
  }
  return client
}

function refusePrefix(keyPrefix: string | undefined, field: string): void {
  if (keyPrefix === undefined || keyPrefix === '') return
  throw invalidField(field, 'must have no `keyPrefix`, which some commands skip: use the `prefix` of the storage')
}

function nameOf(client: Client): string {
  if (isCluster(client)) {
    const [first] = client.nodes('master')
    return first === undefined ? 'the redis cluster' : `the redis cluster of ${nameOf(first)}`
  }
  const { path, host = 'localhost', port = 6379, sentinels, name } = client.options
  if (path !== undefined && path !== null) return `redis at ${path}`
  return sentinels ? `redis ${JSON.stringify(name)} of the sentinels` : `redis://${host}:${port}`
}
