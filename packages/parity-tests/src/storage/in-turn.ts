import type { Storage } from '@wf/core'

/** Two objects over the same journals that answer in turn, so that nothing can lie in the memory of either. */
export function inTurn(one: Storage, other: Storage): Storage {
  let calls = 0
  const next = (): Storage => {
    calls += 1
    return calls % 2 === 0 ? one : other
  }
  return {
    contract: one.contract,
    capabilities: one.capabilities,
    commit: (commits) => next().commit(commits),
    load: (reads) => next().load(reads),
    checkpoint: (save) => next().checkpoint(save),
    due: (query) => next().due(query),
    renew: (beat) => next().renew(beat),
    list: (query) => next().list(query),
    delete: (query) => next().delete(query),
    async close() {
      await Promise.all([one.close(), other.close()])
    },
  }
}
