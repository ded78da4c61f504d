import type { Storage } from '@wf/core'

/** What a storage is asked, and what can go wrong. */
export type StorageMethod = Exclude<keyof Storage, 'contract' | 'capabilities' | 'close'>

/** Makes the call, or does something else. */
export type AroundCall = <Answer>(call: () => Promise<Answer>, method: StorageMethod) => Promise<Answer>

/** The storage with something around each call; a close goes straight through. */
export function aroundCalls(storage: Storage, around: AroundCall): Storage {
  return {
    contract: storage.contract,
    capabilities: storage.capabilities,
    commit: (commits) => around(() => storage.commit(commits), 'commit'),
    load: (reads) => around(() => storage.load(reads), 'load'),
    checkpoint: (save) => around(() => storage.checkpoint(save), 'checkpoint'),
    due: (query) => around(() => storage.due(query), 'due'),
    renew: (beat) => around(() => storage.renew(beat), 'renew'),
    list: (query) => around(() => storage.list(query), 'list'),
    delete: (query) => around(() => storage.delete(query), 'delete'),
    close: () => storage.close(),
  }
}

export interface OfMethods {
  /** The methods that it may strike. Default: all but `close`. */
  readonly methods?: readonly StorageMethod[]
}
