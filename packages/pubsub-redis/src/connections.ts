import { serverName } from '@wf/core'
import { Redis, type RedisOptions } from 'ioredis'
import type { RedisServer } from './redis-pub-sub-options.js'

/** The connections of one pub/sub: one that writes, one that waits for hints, one for those without a group. */
export interface Connections {
  /** As errors name it. */
  readonly server: string
  readonly writer: Redis
  /** Whether the writer was made here, and may be closed. */
  readonly isOurs: boolean
  /** Opens one more, for a purpose of its own; made here, whoever the writer belongs to. */
  open(purpose: Purpose): Redis
  /** Closes one that was made here. */
  drop(redis: Redis): void
  /** Closes all that were made here. */
  close(): void
}

export type Purpose = 'write' | 'read' | 'listen'

const FIRST_RETRY_MS = 20
const LONGEST_RETRY_MS = 2_000

/** What is set here is no matter of how replies look to a user. */
type OwnOptions = Omit<RedisOptions, 'replyMapping'>

const purposes: Readonly<Record<Purpose, OwnOptions>> = {
  // What was sent when a connection broke is sent again; when it cannot be made for a while, all that waits is refused.
  write: { maxRetriesPerRequest: 3 },
  // A read whose connection broke must be known as lost, because what it was answered is pending.
  read: { maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false },
  listen: { maxRetriesPerRequest: 3, autoResubscribe: true },
}

function optionsFor(purpose: Purpose): OwnOptions {
  return {
    lazyConnect: true,
    enableOfflineQueue: true,
    enableAutoPipelining: false,
    // Answers look the same whatever the client of the user is set to.
    protocol: 2,
    stringNumbers: false,
    retryStrategy: (times) => Math.min(FIRST_RETRY_MS * 2 ** Math.min(times - 1, 10), LONGEST_RETRY_MS),
    ...purposes[purpose],
  }
}

export function connect(given: RedisServer): Connections {
  const { client } = given
  const opened = new Set<Redis>()

  const open = (purpose: Purpose): Redis => {
    const redis = openOne(given, optionsFor(purpose))
    // Whoever waits for an answer is told; without a listener ioredis writes to the console.
    redis.on('error', () => undefined)
    opened.add(redis)
    return redis
  }

  // Once: a second time would wait for a socket that has long been closed.
  const drop = (redis: Redis): void => {
    if (opened.delete(redis)) redis.disconnect()
  }

  const writer = client ?? open('write')
  return {
    server: nameOf(given, writer.options),
    writer,
    isOurs: client === undefined,
    open,
    drop,
    close() {
      for (const redis of opened) drop(redis)
    },
  }
}

function openOne({ url, connection, client }: RedisServer, options: OwnOptions): Redis {
  if (client) return client.duplicate({ commandTimeout: undefined, ...options })
  if (url !== undefined) return new Redis(url, options)
  const { replyMapping: _, ...given } = connection ?? {}
  return new Redis({ ...given, ...options })
}

function nameOf({ url }: RedisServer, { host, port, path, db, tls }: RedisOptions): string {
  if (url !== undefined) return serverName(url)
  if (path) return `redis+unix:${path}`
  return serverName(`${tls ? 'rediss' : 'redis'}://${host ?? 'localhost'}:${port ?? 6379}/${db ?? ''}`)
}
