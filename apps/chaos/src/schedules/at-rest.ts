import type { Storage } from '@wf/core'

interface Watched {
  readonly storage: Storage
  /** Resolves when no call of the storage is under way, and none follows from what was answered. */
  atRest(): Promise<void>
}

/** A storage of which one can tell when nobody waits for it. */
export function watchedStorage(storage: Storage): Watched {
  let calls = 0
  const waiting: (() => void)[] = []

  async function during<Answer>(call: Promise<Answer>): Promise<Answer> {
    calls += 1
    try {
      return await call
    } finally {
      calls -= 1
      if (calls === 0) for (const wake of waiting.splice(0)) wake()
    }
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  return {
    storage: {
      contract: storage.contract,
      capabilities: storage.capabilities,
      commit: (commits) => during(storage.commit(commits)),
      load: (reads) => during(storage.load(reads)),
      checkpoint: (save) => during(storage.checkpoint(save)),
      due: (query) => during(storage.due(query)),
      renew: (beat) => during(storage.renew(beat)),
      list: (query) => during(storage.list(query)),
      delete: (query) => during(storage.delete(query)),
      close: () => storage.close(),
    },
    async atRest() {
      await turn()
      while (calls > 0) {
        await new Promise<void>((resolve) => waiting.push(resolve))
        await turn()
      }
    },
  }
}
