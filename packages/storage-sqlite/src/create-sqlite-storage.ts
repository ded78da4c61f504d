import { resolve } from 'node:path'
import { type Clock, invalidField, type Storage, systemClock } from '@wf/core'
import { MEMORY } from './open-connection.js'
import { migrations } from './schema.js'
import { storageOn } from './storage-on.js'
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
  transactor.open()
  const survives = synchronous === 'full' ? 'machine' : 'process'
  return storageOn(transactor, {
    clock,
    capabilities: { survives: path === MEMORY ? 'nothing' : survives, maxCommitBytes },
  })
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
