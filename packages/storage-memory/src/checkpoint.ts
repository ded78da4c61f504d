import { type Checkpoint, checkCheckpoint } from '@wf/core'
import { wentThrough } from './journal.js'
import { copyValue } from './row.js'
import type { Shelves } from './shelf.js'

/** One of the same head replaces what is stored: a release that folds differently writes its own. */
export function saveCheckpoint(shelves: Shelves, save: Checkpoint): void {
  checkCheckpoint(save)
  const { journal: id, head, state } = save
  const journal = shelves.find(id)
  if (journal === undefined || head.version === 0 || !wentThrough(journal, head)) return
  if (journal.checkpoint !== undefined && journal.checkpoint.head.version > head.version) return
  journal.checkpoint = { head: { version: head.version, commitId: head.commitId }, state: copyValue(state) }
}
