import { type Clock, checkFields, type FieldRules, invalidField, isRecord, type Logger, positiveCount } from '@wf/core'
import type { Redis, RedisOptions } from 'ioredis'

/** Where the server is: one of the three. */
export type RedisServer =
  | {
      /** Such as `redis://user:password@host:6379/0`, or `rediss://` for TLS. */
      readonly url: string
      readonly connection?: never
      readonly client?: never
    }
  | {
      /** Options of ioredis. */
      readonly connection: RedisOptions
      readonly url?: never
      readonly client?: never
    }
  | {
      /** A client of yours: it is used for writing and never closed. For reading it is duplicated. */
      readonly client: Redis
      readonly url?: never
      readonly connection?: never
    }

export interface RedisPubSubSettings {
  /** Keys and channels begin with it, in braces; those of different prefixes never meet. Default `'wf'`. */
  readonly prefix?: string
  /** About how many hints may wait for a group, or for a subscriber without one; then the oldest are lost. Default 100,000. */
  readonly maxWaiting?: number
  /** A process that is not heard of for so long is dead, and others get what it held. Default 30 s. */
  readonly reclaimMs?: number
  /** What nobody is subscribed to any more is kept so long. Default 10 minutes. */
  readonly keepMs?: number
  /** How long the server may take to answer. Default 5 s. */
  readonly timeoutMs?: number
  /** Goes by when hints come again that could not be taken. Default: the clock of the system. */
  readonly clock?: Clock
  /** Told of hints that are given up, and when the server is away. Default: `console`. */
  readonly logger?: Pick<Logger, 'warn'>
}

export type RedisPubSubOptions = RedisServer & RedisPubSubSettings

const rules: FieldRules = {
  prefix: {
    expected: 'a text that is not empty and holds no braces',
    accepts: (value) => typeof value === 'string' && value !== '' && value.isWellFormed() && !/[{}]/.test(value),
  },
  maxWaiting: positiveCount,
  reclaimMs: positiveCount,
  keepMs: positiveCount,
  timeoutMs: positiveCount,
}

export function checkRedisOptions(options: RedisPubSubOptions): void {
  const of = 'the options of the Redis pub/sub'
  checkFields(options, rules, { of })
  checkServer(options)
  const { connection, client, reclaimMs = RECLAIM_MS, keepMs = KEEP_MS } = options
  if (keepMs < 2 * reclaimMs) throw invalidField('keepMs', 'must be at least twice `reclaimMs`')
  if (client && 'isCluster' in client && client.isCluster) {
    throw invalidField('client', 'must not be a Cluster: give a client of one of its nodes, or a server of its own')
  }
  if (connection?.keyPrefix) throw invalidField('connection.keyPrefix', 'must be absent: use `prefix`')
  if (client?.options?.keyPrefix) throw invalidField('client.options.keyPrefix', 'must be absent: use `prefix`')
}

/** Never says what was given: that may hold a password. */
function checkServer({ url, connection, client }: RedisPubSubOptions): void {
  const given = [url, connection, client].filter((one) => one !== undefined)
  if (given.length !== 1) {
    throw invalidField('url', 'must be given, or `connection` or `client`: exactly one of the three')
  }
  if (url !== undefined && !isRedisUrl(url)) throw invalidField('url', 'must be a URL such as redis://host:6379')
  if (connection !== undefined && !isRecord(connection)) throw invalidField('connection', 'must be options of ioredis')
  if (client !== undefined && !isRecord(client)) throw invalidField('client', 'must be a client of ioredis')
}

export const RECLAIM_MS = 30_000
export const KEEP_MS = 600_000

function isRedisUrl(value: unknown): boolean {
  return typeof value === 'string' && /^rediss?:$/.test(URL.parse(value)?.protocol ?? '')
}
