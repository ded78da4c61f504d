import type { Connection } from './connection.js'

/** A reader sees one moment of the file; a writer has it for itself from its first statement on. */
export type Access = 'deferred' | 'immediate'

/** All that `work` does is there afterwards, or nothing. */
export function inTransaction<Result>(connection: Connection, access: Access, work: () => Result): Result {
  connection.run(access === 'immediate' ? 'begin immediate' : 'begin')
  try {
    const result = work()
    connection.run('commit')
    return result
  } catch (error) {
    connection.standings.forget()
    rollBack(connection)
    throw error
  }
}

/** Some failures have ended the transaction already; what counts is the first error. */
function rollBack(connection: Connection): void {
  try {
    connection.run('rollback')
  } catch {
    // Nothing was open any more.
  }
}
