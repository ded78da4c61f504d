import { STORAGE_CONTRACT, type Storage, type StorageCapabilities } from '@wf/core'
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.js'
import type { FaultCount } from '../faults/fault.js'
import { createSuite, type Suite } from '../suite/create-suite.js'
import type { KnownGap } from '../suite/rule.js'
import { uniqueName } from '../suite/unique-name.js'
import type { StorageContext } from './storage-context.js'
import { storageRules } from './storage-rules.js'

export interface StorageSetting {
  /** The clock that the storage must go by. One with a clock of its own adds `clock.offsetMs()` to it, at each call. */
  readonly clock: VirtualClock
  /** No other storage has this name, in any process: for the file, schema or prefix of its data. */
  readonly place: string
}

export interface StorageSuiteOptions {
  readonly name: string
  readonly capabilities: StorageCapabilities
  /** A storage that is fresh and empty. It is closed by the suite. */
  create(setting: StorageSetting): Storage | Promise<Storage>
  /**
   * Another object over the data of `storage`, which may be open or closed. Needed when commits survive the process,
   * because it is how the suite restarts it, and how it lets two processes race. The place is that of `storage`.
   */
  reopen?(storage: Storage, setting: StorageSetting): Storage | Promise<Storage>
  /** Removes what `create` made, such as a file or a database, after the storage was closed. */
  remove?(storage: Storage, setting: StorageSetting): void | Promise<void>
  /** Promises that this storage is known not to keep; a report that has any is `partial`. */
  readonly knownGaps?: readonly KnownGap[]
  /** What the faulty storages that `create` made have counted: with it, a suite in which no fault was injected fails. */
  readonly faults?: () => readonly FaultCount[]
}

/** Checks every promise of the storage contract on a storage. */
export function storageSuite(options: StorageSuiteOptions): Suite {
  return createSuite<StorageContext>({
    suite: 'storage',
    contract: STORAGE_CONTRACT,
    subject: options.name,
    rules: storageRules,
    knownGaps: options.knownGaps,
    faults: options.faults,
    around: (check) => withStorages(options, check),
  })
}

async function withStorages(
  options: StorageSuiteOptions,
  check: (context: StorageContext) => Promise<void>,
): Promise<void> {
  const clock = createVirtualClock()
  const created = new Map<Storage, StorageSetting>()
  const opened: Storage[] = []
  const create = async () => {
    const setting = { clock, place: uniqueName() }
    const storage = await options.create(setting)
    created.set(storage, setting)
    return { storage, setting }
  }
  try {
    const { storage, setting } = await create()
    const peer = async () => {
      if (options.reopen === undefined) return storage
      const other = await options.reopen(storage, setting)
      opened.push(other)
      return other
    }
    const fresh = async () => (await create()).storage
    await check({ storage, peer, create: fresh, clock, capabilities: options.capabilities })
  } finally {
    // A close that fails is the business of its own rule, and must not hide what was seen.
    await Promise.allSettled([...opened, ...created.keys()].map((storage) => storage.close()))
    for (const [storage, setting] of created) await options.remove?.(storage, setting)
  }
}
