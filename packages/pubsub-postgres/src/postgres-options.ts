import { invalidField, type Logger, serverName } from '@wf/core'
import type { Pool, PoolConfig } from 'pg'

interface Common {
  /** The schema with the tables, made when it is not there; it may hold those of a storage too. Default: `wf`. */
  readonly schema?: string
  /** Where to listen, when `url` or `connection` leads to a pooler that changes connections between transactions. */
  readonly listenUrl?: string
  /** Told of lost connections, and of hints that are given up. Default: `console`. */
  readonly logger?: Pick<Logger, 'warn'>
  /** A call rejects when it has got no answer for so long. Default: 5,000. */
  readonly timeoutMs?: number
  /** How often to look for hints of which no notification came. Default: 3,000. */
  readonly pollMs?: number
  /** After this long the hints of a process that has died go to others. Default: 30,000. */
  readonly leaseMs?: number
  /** How long to wait before a hint that could not be taken comes again; doubled each time. Default: 100. */
  readonly retryMs?: number
  /** Hints that nobody has taken for so long are lost. Default: an hour. */
  readonly keepMs?: number
}

/** Where the database is: one of three. */
export type PostgresPubSubOptions = Common &
  (
    | { readonly url: string; readonly connection?: never; readonly pool?: never }
    /** The options of the driver, for TLS, passwords that change, and the size of the pool. */
    | { readonly connection: PoolConfig; readonly url?: never; readonly pool?: never }
    /** Your own, which is never closed here. One more connection is opened with its options, for listening. */
    | { readonly pool: Pool; readonly url?: never; readonly connection?: never }
  )

const DEFAULTS = { timeoutMs: 5_000, pollMs: 3_000, leaseMs: 30_000, retryMs: 100, keepMs: 3_600_000 }

export type Times = Readonly<typeof DEFAULTS>

export function timesOf(options: PostgresPubSubOptions): Times {
  const times = { ...DEFAULTS }
  for (const field of Object.keys(DEFAULTS) as (keyof Times)[]) {
    const ms = options[field] ?? DEFAULTS[field]
    const isMs = typeof ms === 'number' && Number.isSafeInteger(ms) && ms >= 1 && ms < 2 ** 31
    if (!isMs) throw invalidField(field, 'must be a whole number of milliseconds from 1 to 2147483647')
    times[field] = ms
  }
  return times
}

export function checkPlace(options: PostgresPubSubOptions): void {
  if (typeof options !== 'object' || options === null) throw invalidField('options', 'must be an object')
  const { url, connection, pool, listenUrl } = options
  if ([url, connection, pool].filter((given) => given !== undefined).length !== 1) {
    throw invalidField('url', 'must be given, or `connection`, or `pool`: exactly one of them')
  }
  if (url !== undefined && typeof url !== 'string') throw invalidField('url', 'must be a string')
  if (listenUrl !== undefined && typeof listenUrl !== 'string') throw invalidField('listenUrl', 'must be a string')
  if (connection !== undefined && (typeof connection !== 'object' || connection === null)) {
    throw invalidField('connection', 'must be an object')
  }
  if (pool !== undefined && (typeof pool?.connect !== 'function' || typeof pool.options !== 'object')) {
    throw invalidField('pool', 'must be a Pool of pg')
  }
}

/** Host and database for messages, without secrets. */
export function placeName({ url, connection, pool }: PostgresPubSubOptions): string {
  const config = connection ?? pool?.options ?? {}
  const text = url ?? config.connectionString
  if (text !== undefined) return serverName(text)
  const { host = process.env.PGHOST ?? 'localhost', port = process.env.PGPORT ?? 5432, database } = config
  return serverName(`postgres://${host.includes(':') ? `[${host}]` : host}:${port}/${database ?? ''}`)
}
