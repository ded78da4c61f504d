import { WorkflowError } from '@wf/core'
import { type Connection, createConnection } from './connection.js'
import { migrate, schemaOf, type Target } from './migrate.js'

export interface Opening extends Target {
  readonly synchronous: 'normal' | 'full'
}

export const MEMORY = ':memory:'

/** How long SQLite itself waits for a lock, during which this thread stands still. Longer waits are timers. */
const NATIVE_WAIT_MS = 5
const CACHE_KIB = 16 * 1024
/** So many pages of the log move into the file at a time: written often they move once, and the disk is waited for less often. */
const LOG_PAGES = 4_000
/** The log is cut back to this once its content has moved into the file. */
const LOG_BYTES = 64 * 1024 * 1024

/** An open file with the schema of this release, or an error of SQLite's. */
export function openConnection(opening: Opening): Connection {
  const connection = createConnection(opening.path)
  try {
    connection.exec(`pragma busy_timeout = ${NATIVE_WAIT_MS}`)
    // Before anything is changed: it may be a file of another program.
    const schema = schemaOf(connection, opening)
    useLog(connection, opening)
    if (schema < opening.migrations.length) migrate(connection, opening)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

function useLog(connection: Connection, { path, synchronous }: Opening): void {
  const mode = connection.get('pragma journal_mode = wal')?.journal_mode
  if (mode !== 'wal' && path !== MEMORY) {
    throw new WorkflowError(
      'WF_STORAGE',
      `the SQLite file ${JSON.stringify(path)} lies on a file system without shared memory: give a path on a local disk`,
    )
  }
  const pragmas = [
    `synchronous = ${synchronous}`,
    `cache_size = -${CACHE_KIB}`,
    `wal_autocheckpoint = ${LOG_PAGES}`,
    `journal_size_limit = ${LOG_BYTES}`,
  ]
  // Where a plain fsync leaves data in the cache of the drive (macOS), "full" asks for more.
  if (synchronous === 'full') pragmas.push('fullfsync = on', 'checkpoint_fullfsync = on')
  for (const pragma of pragmas) connection.exec(`pragma ${pragma}`)
}
