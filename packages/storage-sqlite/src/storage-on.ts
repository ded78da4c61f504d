import {
  type Clock,
  type Commit,
  checkBeat,
  checkCheckpoint,
  checkCommit,
  checkDeleteQuery,
  checkDueQuery,
  checkListQuery,
  checkRead,
  type DueJournal,
  type DueQuery,
  STORAGE_CONTRACT,
  type Storage,
  type StorageCapabilities,
  WorkflowError,
} from '@wf/core'
import { saveCheckpoint } from './checkpoint.js'
import { createCommitGroup } from './commit-group.js'
import { deleteJournals } from './delete.js'
import { findDue, takeDue } from './due.js'
import { listJournals } from './list.js'
import { loadOne } from './load.js'
import { renewSession } from './sessions.js'
import type { Transactor } from './transactor.js'

export interface StorageSettings {
  readonly clock: Clock
  readonly capabilities: StorageCapabilities
}

/** The methods of the contract, each as one transaction. */
export function storageOn(transactor: Transactor, { clock, capabilities }: StorageSettings): Storage {
  const { maxCommitBytes } = capabilities
  const commit = createCommitGroup(transactor, clock)
  const underWay = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  /** Every call that was accepted is finished before the file is closed. */
  const call = async <Answer>(check: () => void, work: () => Promise<Answer>): Promise<Answer> => {
    if (closing !== undefined) throw closed(transactor.path)
    check()
    const answer = work()
    underWay.add(answer)
    try {
      return await answer
    } finally {
      underWay.delete(answer)
    }
  }

  const close = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.allSettled(underWay)
    transactor.close()
  }

  return {
    contract: STORAGE_CONTRACT,
    capabilities: Object.freeze({ ...capabilities }),
    commit: (commits) =>
      call(
        () => checkCommits(commits, maxCommitBytes),
        () => commit(commits),
      ),
    load: (reads) =>
      call(
        () => reads.forEach(checkRead),
        () => transactor.run('deferred', (connection) => reads.map((read) => loadOne(connection, read))),
      ),
    checkpoint: (save) =>
      call(
        () => checkCheckpoint(save),
        () => transactor.run('immediate', (connection) => saveCheckpoint(connection, save)),
      ),
    due: (query) =>
      call(
        () => checkDueQuery(query),
        () => due(transactor, query, clock),
      ),
    renew: (beat) =>
      call(
        () => checkBeat(beat),
        () => transactor.run('immediate', (connection) => renewSession(connection, beat, clock.now())),
      ),
    list: (query) =>
      call(
        () => checkListQuery(query),
        () => transactor.run('deferred', (connection) => listJournals(connection, query)),
      ),
    delete: (query) =>
      call(
        () => checkDeleteQuery(query),
        () => transactor.run('immediate', (connection) => deleteJournals(connection, query)),
      ),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

/** Sweeps mostly find nothing, and then keep no writer waiting. */
async function due(transactor: Transactor, query: DueQuery, clock: Clock): Promise<readonly DueJournal[]> {
  const found = await transactor.run('deferred', (connection) => findDue(connection, query, clock.now()))
  if (found.length === 0) return []
  return transactor.run('immediate', (connection) => takeDue(connection, query, clock.now()))
}

function checkCommits(commits: readonly Commit[], maxCommitBytes: number | undefined): void {
  for (const commit of commits) checkCommit(commit, maxCommitBytes)
}

function closed(path: string): WorkflowError {
  return new WorkflowError('WF_CLOSED', `the storage on ${JSON.stringify(path)} has been closed: create another one`)
}
