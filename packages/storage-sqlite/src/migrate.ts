import { WorkflowError } from '@wf/core'
import type { Connection } from './connection.js'
import { APPLICATION_ID } from './schema.js'
import { inTransaction } from './transaction.js'

/** What a connection works on: the file, for messages, and the schema that this release knows. */
export interface Target {
  readonly path: string
  readonly migrations: readonly string[]
}

/** Brings the file to the schema of this release. Of many processes that open it at once, one does the work. */
export function migrate(connection: Connection, target: Target): void {
  inTransaction(connection, 'immediate', () => {
    const version = schemaOf(connection, target)
    for (const step of target.migrations.slice(version)) connection.exec(step)
    connection.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${target.migrations.length}`)
  })
}

/** Refuses files of other programs and of later releases, and says which schema this one has. */
export function schemaOf(connection: Connection, target: Target): number {
  const application = Number(connection.get('pragma application_id')?.application_id)
  if (application !== APPLICATION_ID) {
    const { things } = connection.get('select count(*) as things from sqlite_schema') ?? {}
    if (application !== 0 || things !== 0) throw foreign(target.path)
  }
  return checkSchema(connection, target)
}

/** A later release may bring the file to a schema of its own while it is open here. */
export function checkSchema(connection: Connection, { path, migrations }: Target): number {
  const version = Number(connection.get('pragma user_version')?.user_version)
  if (version <= migrations.length) return version
  throw new WorkflowError(
    'WF_UNSUPPORTED',
    `the SQLite file ${JSON.stringify(path)} has schema ${version}, and this release knows schemas up to ${migrations.length}: use the release of @wf/storage-sqlite that wrote it, or a later one`,
  )
}

function foreign(path: string): WorkflowError {
  return new WorkflowError(
    'WF_STORAGE',
    `the SQLite file ${JSON.stringify(path)} belongs to another program: give the storage a file of its own`,
  )
}
