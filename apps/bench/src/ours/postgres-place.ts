import type { Storage } from '@wf/core'
import { createPostgresPubSub } from '@wf/pubsub-postgres'
import { createPostgresStorage } from '@wf/storage-postgres'
import pg from 'pg'
import { freshName, type Place, placeOn, urlOf } from './place.ts'

export interface PostgresPlace extends Place {
  /** How much the server has written to its log so far. */
  walBytes(): Promise<number>
}

/** A schema of its own, with a storage and a pub/sub as users have them. */
export function postgresPlace(): PostgresPlace {
  const schema = freshName()
  const connectionString = urlOf('DATABASE_URL')
  // By their name connections are told from those of others.
  const connection = { connectionString, application_name: schema }
  const watcher = new pg.Pool({ connectionString, max: 1 })
  const ask = async (text: string, values: unknown[] = []): Promise<number> => {
    const { rows } = await watcher.query<{ answer: string }>(text, values)
    return Number(rows[0]?.answer)
  }
  const place = placeOn({
    storage: () => openStorage(connection, schema),
    pubsub: () => createPostgresPubSub({ connection, schema }),
    connections: () => ask('select count(*) as answer from pg_stat_activity where application_name = $1', [schema]),
    async remove() {
      await watcher.query(`drop schema if exists "${schema}" cascade`)
      await watcher.end()
    },
  })
  const walBytes = () => ask(`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as answer`)
  return { ...place, walBytes }
}

/** The bench starts a server that waits for its disk; tests take one that does not, which would be refused otherwise. */
const openStorage = (connection: pg.PoolConfig, schema: string): Storage =>
  createPostgresStorage({ connection, schema, survives: 'process' })
