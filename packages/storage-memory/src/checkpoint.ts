import type { Checkpoint } from '@wf/core'
import { checkJournalId, invalid } from './check-commit.js'
import { wentThrough } from './journal.js'
import { copyValue } from './row.js'
import type { Shelves } from './shelf.js'

/** One of the same head replaces what is stored: a release that folds differently writes its own. */
export function saveCheckpoint(shelves: Shelves, { journal: id, head, state }: Checkpoint): void {
  checkJournalId(id)
  if (typeof state !== 'string' && !(state instanceof Uint8Array)) throw invalid('state', 'must be a string or bytes')
  const journal = shelves.find(id)
  if (journal === undefined || head.version === 0 || !wentThrough(journal, head)) return
  if (journal.checkpoint !== undefined && journal.checkpoint.head.version > head.version) return
  journal.checkpoint = { head: { version: head.version, commitId: head.commitId }, state: copyValue(state) }
}
