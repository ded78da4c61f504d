import { WorkflowError } from '@wf/core'
import type { ClientBase } from 'pg'
import type { Database } from './database.js'
import { MIGRATIONS } from './schema.js'

/** Brings the schema (quoted) to what this release knows. Of many processes that begin at once, one does the work. */
export async function migrate(database: Database, schema: string): Promise<void> {
  await database.on(async (client) => {
    if ((await versionOf(client, schema, database.name)) === MIGRATIONS.length) return
    await client.query('begin')
    try {
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wf hint migrations ${schema}`])
      await bringUp(client, schema, await versionOf(client, schema, database.name))
      await client.query('commit')
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  })
}

async function bringUp(client: ClientBase, schema: string, version: number): Promise<void> {
  if (version === MIGRATIONS.length) return
  if (version === 0) {
    // Whoever may not make schemas may still be given one.
    const { rows } = await client.query('select from pg_namespace where nspname = $1', [nameOf(schema)])
    if (rows.length === 0) await client.query(`create schema if not exists ${schema}`)
    await client.query(`create table ${schema}.hint_schema (version integer not null)`)
    await client.query(`insert into ${schema}.hint_schema values (0)`)
  }
  for (const migration of MIGRATIONS.slice(version)) await client.query(migration(schema))
  await client.query(`update ${schema}.hint_schema set version = ${MIGRATIONS.length}`)
}

async function versionOf(client: ClientBase, schema: string, server: string): Promise<number> {
  // Not `to_regclass`, which may answer from before the lock was waited for.
  const { rows: found } = await client.query(
    `select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = 'hint_schema'`,
    [nameOf(schema)],
  )
  if (found.length === 0) return 0
  const { rows } = await client.query<{ version: number }>(`select version from ${schema}.hint_schema`)
  const version = rows[0]?.version ?? 0
  if (version <= MIGRATIONS.length) return version
  throw new WorkflowError(
    'WF_UNSUPPORTED',
    `the schema ${schema} at ${server} is of number ${version}, and this release knows numbers up to ${MIGRATIONS.length}: use the release of @wf/pubsub-postgres that made it, or a later one`,
  )
}

const nameOf = (schema: string): string => schema.slice(1, -1).replaceAll('""', '"')
