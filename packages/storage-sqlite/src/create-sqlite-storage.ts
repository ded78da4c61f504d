import { resolve } from 'node:path'
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
  invalidField,
  STORAGE_CONTRACT,
  type Storage,
  type StorageCapabilities,
  systemClock,
  WorkflowError,
} from '@wf/core'
import { saveCheckpoint } from './checkpoint.js'
import { createCommitGroup } from './commit-group.js'
import { deleteJournals } from './delete.js'
import { takeDue } from './due.js'
import { listJournals } from './list.js'
import { loadOne } from './load.js'
import { MEMORY } from './open-connection.js'
import { migrations } from './schema.js'
import { renewSession } from './sessions.js'
import { createTransactor } from './transactor.js'

export interface SqliteStorageOptions {
  /** The file; made when it does not exist, in a folder that does. `':memory:'` keeps journals as long as this object. */
  readonly path: string
  /**
   * What an answered commit survives. `'full'` (the default) also the loss of power: it waits for the disk each time.
   * `'normal'` the death of the process, but after a loss of power the last commits may be missing.
   */
  readonly synchronous?: 'normal' | 'full'
  /** The storage's clock. Default: the clock of the system. */
  readonly clock?: Clock
  /** The largest commit in bytes of facts and values, at most 500,000,000. Default: 128 MiB. */
  readonly maxCommitBytes?: number
  /** How long a call waits while other processes keep the file locked, in milliseconds. Default: a minute. */
  readonly lockTimeoutMs?: number
}

const MAX_COMMIT_BYTES = 128 * 1024 * 1024
/** The largest text that can be read back; SQLite itself takes rows of a thousand million bytes. */
const MOST_COMMIT_BYTES = 500_000_000
const LOCK_TIMEOUT_MS = 60_000

/**
 * Keeps journals in a SQLite file, which any number of processes of one machine may use at once. Throws when the
 * file cannot be used; a file that is only locked just now is waited for by the first call.
 */
export function createSqliteStorage(options: SqliteStorageOptions): Storage {
  const { clock = systemClock, synchronous = 'full', lockTimeoutMs = LOCK_TIMEOUT_MS } = options
  const { maxCommitBytes = MAX_COMMIT_BYTES } = options
  checkOptions({ ...options, synchronous, lockTimeoutMs, maxCommitBytes })
  const path = options.path === MEMORY ? MEMORY : resolve(options.path)
  const transactor = createTransactor({ path, synchronous, lockTimeoutMs, migrations })
  const commit = createCommitGroup(transactor, clock)
  const underWay = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined
  transactor.open()

  /** Every call that was accepted is finished before the file is closed. */
  const call = async <Answer>(check: () => void, work: () => Promise<Answer>): Promise<Answer> => {
    if (closing !== undefined) throw closed(path)
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
    capabilities: capabilitiesOf(path, synchronous, maxCommitBytes),
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
        () => transactor.run('immediate', (connection) => takeDue(connection, query, clock.now())),
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

function capabilitiesOf(path: string, synchronous: 'normal' | 'full', maxCommitBytes: number): StorageCapabilities {
  const survives = synchronous === 'full' ? 'machine' : 'process'
  return Object.freeze({ survives: path === MEMORY ? 'nothing' : survives, maxCommitBytes })
}

function checkOptions({
  path,
  synchronous,
  maxCommitBytes,
  lockTimeoutMs,
}: Required<Omit<SqliteStorageOptions, 'clock'>>): void {
  if (typeof path !== 'string' || path === '') throw invalidField('path', "must be the path of a file, or ':memory:'")
  if (synchronous !== 'normal' && synchronous !== 'full')
    throw invalidField('synchronous', "must be 'normal' or 'full'")
  if (!Number.isSafeInteger(maxCommitBytes) || maxCommitBytes < 1 || maxCommitBytes > MOST_COMMIT_BYTES) {
    throw invalidField('maxCommitBytes', `must be a whole number from 1 to ${MOST_COMMIT_BYTES}`)
  }
  if (!(lockTimeoutMs >= 0)) throw invalidField('lockTimeoutMs', 'must be a number from 0 on')
}

function closed(path: string): WorkflowError {
  return new WorkflowError('WF_CLOSED', `the storage on ${JSON.stringify(path)} has been closed: create another one`)
}

function checkCommits(commits: readonly Commit[], maxCommitBytes: number): void {
  for (const commit of commits) checkCommit(commit, maxCommitBytes)
}
