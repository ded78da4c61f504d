import type { Checkpoint } from '@wf/core'
import type { Connection } from './connection.js'
import { findStanding, wentThrough } from './journal-row.js'

const SAVE = 'insert or replace into checkpoints (journal, version, commit_id, text, bytes) values (?, ?, ?, ?, ?)'

/** One of the same head replaces what is stored: a release that folds differently writes its own. */
export function saveCheckpoint(connection: Connection, { journal, head, state }: Checkpoint): void {
  const standing = findStanding(connection, journal)
  if (standing === undefined || head.version === 0 || !wentThrough(connection, standing, head)) return
  const { number } = standing
  const stored = connection.get('select version from checkpoints where journal = ?', number)
  if (stored !== undefined && Number(stored.version) > head.version) return
  const [text, bytes] = typeof state === 'string' ? [state, null] : [null, state]
  connection.run(SAVE, number, head.version, head.commitId, text, bytes)
}
