import { consoleLogger, invalidField, type Logger, serverName } from '@wf/core'
import pg, { type Pool, type PoolConfig } from 'pg'
import { checkDurability } from './durability.js'
import { migrate } from './migrate.js'
import { migrations } from './migrations/index.js'
import { checkSchemaName } from './schema-name.js'
import { connectTo } from './server.js'
import { type PostgresStorage, storageOn } from './storage-on.js'

export type { PostgresStorage }

interface Settings {
  /** Where the tables lie; made when it does not exist. Several storages of one database take one each. Default: `'wf'`. */
  readonly schema?: string
  /** The largest commit in bytes of facts and values, at most 256 MiB. Default: 128 MiB. */
  readonly maxCommitBytes?: number
  /**
   * What an answered commit survives. `'machine'` (the default) is checked: a server with `fsync` or
   * `synchronous_commit` off is refused. `'process'` takes any server.
   */
  readonly survives?: 'machine' | 'process'
  /** `false` behind a pooler that does not carry prepared statements from one connection to the other. Default: `true`. */
  readonly prepare?: boolean
  /** For tests: added to the server's clock at each call. */
  readonly offsetMs?: () => number
  /** Is warned of connections that broke while they were idle. Default: `console`. */
  readonly logger?: Pick<Logger, 'warn'>
}

/** Exactly one of `url`, `connection` and `pool` says which server. */
export type PostgresStorageOptions = Settings &
  (
    | { readonly url: string; readonly connection?: never; readonly pool?: never }
    /** Options of `pg`, as they are: TLS, sockets, timeouts, the size of the pool. */
    | { readonly connection: PoolConfig; readonly url?: never; readonly pool?: never }
    /** A pool of your own, which this storage never closes. */
    | { readonly pool: Pool; readonly url?: never; readonly connection?: never }
  )

const MAX_COMMIT_BYTES = 128 * 1024 * 1024
/** More than this could not be read back: a text of Node's holds 512 MiB of characters at most, and bytes travel as such. */
const MOST_COMMIT_BYTES = 256 * 1024 * 1024

/** So that no call waits for ever for a server that is away. */
const DEFAULTS: PoolConfig = {
  application_name: 'wf',
  max: 4,
  keepAlive: true,
  idleTimeoutMillis: 60_000,
  connectionTimeoutMillis: 10_000,
  query_timeout: 60_000,
}

/** Keeps journals in Postgres. Connects and makes its tables when it is first used. */
export function createPostgresStorage(options: PostgresStorageOptions): PostgresStorage {
  checkOptions(options)
  const { schema = 'wf', survives = 'machine', maxCommitBytes = MAX_COMMIT_BYTES, prepare = true } = options
  const { offsetMs = () => 0 } = options
  const server = connectTo({ ...poolOf(options), schema, prepare })
  return storageOn(server, {
    capabilities: { survives, maxCommitBytes },
    aheadMs: () => Math.round(offsetMs()),
    async prepare() {
      if (survives === 'machine') await checkDurability(server)
      await migrate(server, migrations)
    },
  })
}

interface Reached {
  readonly name: string
  readonly pool: Pool
  readonly owned: boolean
}

function poolOf({ url, connection, pool, logger = consoleLogger }: PostgresStorageOptions): Reached {
  if (pool !== undefined) return { name: nameOf(pool.options), pool, owned: false }
  const config = url === undefined ? connection : { connectionString: url }
  const own = new pg.Pool({ ...DEFAULTS, ...config })
  const name = nameOf({ ...config })
  // A connection that breaks while nobody uses it is replaced; without a listener it would end the process.
  own.on('error', (error) => logger.warn({}, `a connection to ${name} broke while it was idle: ${error.message}`))
  return { name, pool: own, owned: true }
}

/** Where a driver with these options connects to, which is partly up to its environment. */
function nameOf({ connectionString, host, port, database }: PoolConfig): string {
  if (connectionString !== undefined) return serverName(connectionString)
  const { PGHOST = 'localhost', PGPORT = '5432', PGDATABASE = '' } = process.env
  const where = host ?? PGHOST
  if (where.startsWith('/')) return `postgres at ${where}`
  return serverName(`postgres://${where}:${port ?? PGPORT}/${encodeURIComponent(database ?? PGDATABASE)}`)
}

function checkOptions(options: PostgresStorageOptions): void {
  const { url, connection, pool, schema, survives, maxCommitBytes } = options
  const servers = [url, connection, pool].filter((one) => one !== undefined)
  if (servers.length !== 1) throw invalidField('url', 'or `connection` or `pool` must be given, and only one of them')
  if (url !== undefined && !isUrl(url)) {
    throw invalidField('url', 'must be the URL of a Postgres server, like postgres://user@host:5432/database')
  }
  if (connection !== undefined && (typeof connection !== 'object' || connection === null)) {
    throw invalidField('connection', 'must be an object with options of pg')
  }
  if (pool !== undefined && typeof pool?.totalCount !== 'number') {
    throw invalidField('pool', 'must be a pool of pg: a single client cannot be shared')
  }
  if (schema !== undefined) checkSchemaName(schema)
  if (survives !== undefined && survives !== 'machine' && survives !== 'process') {
    throw invalidField('survives', "must be 'machine' or 'process'")
  }
  if (maxCommitBytes === undefined) return
  if (!Number.isSafeInteger(maxCommitBytes) || maxCommitBytes < 1 || maxCommitBytes > MOST_COMMIT_BYTES) {
    throw invalidField('maxCommitBytes', `must be a whole number from 1 to ${MOST_COMMIT_BYTES}`)
  }
}

/** Also those that name a socket instead of a host. */
const isUrl = (url: unknown): boolean => typeof url === 'string' && /^postgres(ql)?:\/\//.test(url)
