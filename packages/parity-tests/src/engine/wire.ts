import type { Storage } from '@wf/core'

/** What lies between one engine and its storage. */
export interface Wire {
  readonly storage: Storage
  /** Nothing gets through any more; what is asked meanwhile waits until the answer is called. */
  cut(): () => void
}

export function createWire(storage: Storage): Wire {
  let cut: PromiseWithResolvers<void> | undefined

  const through = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    while (cut) await cut.promise
    return call()
  }
  return {
    storage: {
      contract: storage.contract,
      capabilities: storage.capabilities,
      commit: (commits) => through(() => storage.commit(commits)),
      load: (reads) => through(() => storage.load(reads)),
      checkpoint: (save) => through(() => storage.checkpoint(save)),
      due: (query) => through(() => storage.due(query)),
      renew: (beat) => through(() => storage.renew(beat)),
      list: (query) => through(() => storage.list(query)),
      delete: (query) => through(() => storage.delete(query)),
      close: () => storage.close(),
    },
    cut() {
      const mine = Promise.withResolvers<void>()
      cut = mine
      return () => {
        if (cut === mine) cut = undefined
        mine.resolve()
      }
    },
  }
}
