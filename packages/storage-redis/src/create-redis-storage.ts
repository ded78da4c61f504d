import { invalidField, type StorageCapabilities } from '@wf/core'
import { type Place, reach } from './client.js'
import { createConnection } from './connection.js'
import { type RedisStorage, storageOn } from './storage-on.js'

interface Settings {
  /** What all keys begin with. Storages of different prefixes share nothing. Default: `'wf'`. */
  readonly prefix?: string
  /**
   * Into how many parts journals are spread, which is over how many nodes of a cluster they can lie. Fixed by whoever is
   * first: another number is refused later. Default: what is there; else 16 with a `Cluster`, and 1 with a single server.
   */
  readonly partitions?: number
  /**
   * What an answered commit survives. `'nothing'` (the default): what the memory of the server survives. `'process'`: the
   * death of the server's process, for which it needs "appendonly yes". `'machine'`: loss of power, for which it also
   * needs "appendfsync always". What the server tells of itself is checked; a service that tells nothing is believed.
   */
  readonly survives?: StorageCapabilities['survives']
  /** The largest commit in bytes of facts and values, at most 256 MiB. Default: 32 MiB. */
  readonly maxCommitBytes?: number
  /** How long a call waits for a connection, and then for its answer, in milliseconds. Default: 10 seconds. */
  readonly timeoutMs?: number
  /** Added to the clock of the server at each call, for tests. */
  readonly offsetMs?: () => number
}

export type RedisStorageOptions = Settings & Place

const MIB = 1024 * 1024
const MAX_COMMIT_BYTES = 32 * MIB
/** A value of Redis has 512 MiB at most, and a commit brings more with it than its facts and values. */
const MOST_COMMIT_BYTES = 256 * MIB
const MOST_PARTITIONS = 1_024
const TIMEOUT_MS = 10_000

/** Keeps journals in Redis or Valkey, for any number of processes. Connects with the first call, which tells what is wrong. */
export function createRedisStorage(options: RedisStorageOptions): RedisStorage {
  const { prefix = 'wf', partitions, survives = 'nothing', offsetMs = () => 0 } = options
  const { maxCommitBytes = MAX_COMMIT_BYTES, timeoutMs = TIMEOUT_MS } = options
  checkSettings({ prefix, partitions: partitions ?? 1, survives, maxCommitBytes, timeoutMs })
  const connection = createConnection(reach(options), { timeoutMs, offsetMs })
  return storageOn(connection, { prefix, partitions, capabilities: { survives, maxCommitBytes } })
}

function checkSettings(settings: Required<Omit<Settings, 'offsetMs'>>): void {
  const { prefix, partitions, survives, maxCommitBytes, timeoutMs } = settings
  if (typeof prefix !== 'string' || prefix === '' || /[{}]/.test(prefix) || !prefix.isWellFormed())
    throw invalidField('prefix', 'must be a text without braces, and not empty')
  checkWhole('partitions', partitions, MOST_PARTITIONS)
  checkWhole('maxCommitBytes', maxCommitBytes, MOST_COMMIT_BYTES)
  checkWhole('timeoutMs', timeoutMs, 2 ** 31 - 1)
  if (!['nothing', 'process', 'machine'].includes(survives))
    throw invalidField('survives', "must be 'nothing', 'process' or 'machine'")
}

function checkWhole(field: string, value: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return
  throw invalidField(field, `must be a whole number from 1 to ${most}`)
}
