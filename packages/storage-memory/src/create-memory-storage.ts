import { type Clock, checkRead, STORAGE_CONTRACT, type Storage, systemClock, WorkflowError } from '@wf/core'
import { saveCheckpoint } from './checkpoint.js'
import { checkCommits, commitOne } from './commit.js'
import { deleteJournals } from './delete.js'
import { takeDue } from './due.js'
import { listJournals } from './list.js'
import { loadOne } from './load.js'
import { createSessions } from './sessions.js'
import { createShelves } from './shelf.js'

export interface MemoryStorageOptions {
  /** The storage's clock. Default: the clock of the system. */
  readonly clock?: Clock
  /** The largest commit in bytes of facts and values. Default: as much as fits into memory. */
  readonly maxCommitBytes?: number
}

/** Keeps journals for as long as this object lives. Every call is decided before it returns its promise. */
export function createMemoryStorage({ clock = systemClock, maxCommitBytes }: MemoryStorageOptions = {}): Storage {
  const shelves = createShelves()
  const sessions = createSessions()
  let closed = false

  const open = (): void => {
    if (closed) throw new WorkflowError('WF_CLOSED', 'the memory storage has been closed: create another one')
  }

  return {
    contract: STORAGE_CONTRACT,
    capabilities: Object.freeze({ survives: 'nothing', maxCommitBytes }),
    async commit(commits) {
      open()
      checkCommits(shelves, commits, maxCommitBytes)
      const now = clock.now()
      return commits.map((commit) => commitOne(shelves, commit, now))
    },
    async load(reads) {
      open()
      for (const read of reads) checkRead(read)
      return reads.map((read) => loadOne(shelves, read))
    },
    async checkpoint(save) {
      open()
      saveCheckpoint(shelves, save)
    },
    async due(query) {
      open()
      return takeDue(shelves, query, clock.now())
    },
    async renew(beat) {
      open()
      return sessions.renew(beat, clock.now())
    },
    async list(query) {
      open()
      return listJournals(shelves, query)
    },
    async delete(query) {
      open()
      return deleteJournals(shelves, query)
    },
    async close() {
      closed = true
      shelves.clear()
      sessions.clear()
    },
  }
}
