import { WorkflowError } from '@wf/core'
import type { ClientBase, QueryConfig, QueryResult, QueryResultRow } from 'pg'
import type { Database } from './database.js'
import { MIGRATIONS } from './schema.js'

/** Whoever migrates may hold the others up, but one that hangs does not hold them up for ever. */
const LONGEST_MS = 10_000

type Ask = <Row extends QueryResultRow>(text: string, values?: unknown[]) => Promise<QueryResult<Row>>

/** Brings the schema (quoted) to what this release knows. Of many processes that begin at once, one does the work. */
export async function migrate(database: Database, schema: string): Promise<void> {
  await database.on(async (client) => {
    const ask = asking(client)
    if ((await versionOf(ask, schema, database.name)) === MIGRATIONS.length) return
    // What fails in between is undone with its connection, which is thrown away.
    await ask('begin')
    await ask('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wf hint migrations ${schema}`])
    await bringUp(ask, schema, await versionOf(ask, schema, database.name))
    await ask('commit')
  })
}

function asking(client: ClientBase): Ask {
  return (text, values) => {
    const question: QueryConfig & { readonly query_timeout: number } = { text, query_timeout: LONGEST_MS }
    return client.query({ ...question, ...(values && { values }) })
  }
}

async function bringUp(ask: Ask, schema: string, version: number): Promise<void> {
  if (version === MIGRATIONS.length) return
  if (version === 0) {
    // A storage may begin in the same schema at the same moment.
    await ask('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wf schema ${nameOf(schema)}`])
    // Whoever may not make schemas may still be given one.
    const { rows } = await ask('select from pg_namespace where nspname = $1', [nameOf(schema)])
    if (rows.length === 0) await ask(`create schema if not exists ${schema}`)
    await ask(`create table ${schema}.hint_schema (version integer not null)`)
    await ask(`insert into ${schema}.hint_schema values (0)`)
  }
  for (const migration of MIGRATIONS.slice(version)) await ask(migration(schema))
  await ask(`update ${schema}.hint_schema set version = ${MIGRATIONS.length}`)
}

async function versionOf(ask: Ask, schema: string, server: string): Promise<number> {
  // Not `to_regclass`, which may answer from before the lock was waited for.
  const { rows: found } = await ask(
    `select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = 'hint_schema'`,
    [nameOf(schema)],
  )
  if (found.length === 0) return 0
  const { rows } = await ask<{ version: number }>(`select version from ${schema}.hint_schema`)
  const version = rows[0]?.version ?? 0
  if (version <= MIGRATIONS.length) return version
  throw new WorkflowError(
    'WF_UNSUPPORTED',
    `the schema ${schema} at ${server} is of number ${version}, and this release knows numbers up to ${MIGRATIONS.length}: use the release of @wf/pubsub-postgres that made it, or a later one`,
  )
}

const nameOf = (schema: string): string => schema.slice(1, -1).replaceAll('""', '"')
