import { WorkflowError } from '@wf/core'
import type { Row, Server } from './server.js'

type Run = (sql: string, values?: readonly string[]) => Promise<Row[]>

const VERSION = 'select coalesce(max(number), 0) from {schema}.storage_migrations'

const BEGIN = `create table {schema}.storage_migrations
  (number integer primary key, applied_at timestamptz not null default now())`

/** Brings the schema to what this release knows. Of many processes that use it first at once, one does the work. */
export async function migrate(server: Server, migrations: readonly string[]): Promise<void> {
  const { schema } = server
  const look: Run = (sql, values = []) => server.ask(sql, values)
  if ((await versionIn(look, server, migrations)) === migrations.length) return
  await server.transaction(async (run) => {
    // Let go with the transaction, so poolers may give each transaction another connection.
    await run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wf storage ${schema}`])
    const version = await versionIn(run, server, migrations)
    // A pub/sub may begin in the same schema at the same moment.
    await run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wf schema ${schema}`])
    const [found] = await run(SCHEMA_FOUND, [schema])
    if (found?.[0] !== true) await run('create schema {schema}')
    if (version === undefined) await begin(run, server)
    for (const [index, migration] of [...migrations.entries()].slice(version ?? 0)) {
      await run(migration)
      await run(`insert into {schema}.storage_migrations (number) values (${index + 1})`)
    }
  })
}

async function begin(run: Run, { name }: Server): Promise<void> {
  const [encoding] = await run('show server_encoding')
  if (encoding?.[0] !== 'UTF8') {
    const text = `the database ${name} keeps text as ${String(encoding?.[0])}: give the storage a database in UTF8`
    throw new WorkflowError('WF_UNSUPPORTED', text)
  }
  await run(BEGIN)
}

const SCHEMA_FOUND = 'select exists (select from pg_namespace where nspname = $1)'
const TABLE_FOUND = `select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = 'storage_migrations')`

/** `undefined`: nothing of ours is there yet. */
async function versionIn(run: Run, server: Server, migrations: readonly string[]): Promise<number | undefined> {
  const { name, schema } = server
  const [found] = await run(TABLE_FOUND, [schema])
  if (found?.[0] !== true) return undefined
  const [row] = await run(VERSION)
  const version = Number(row?.[0])
  if (version <= migrations.length) return version
  throw new WorkflowError(
    'WF_UNSUPPORTED',
    `the schema ${JSON.stringify(schema)} of ${name} has version ${version}, and this release knows versions up to ${migrations.length}: use the release of @wf/storage-postgres that wrote it, or a later one`,
  )
}
