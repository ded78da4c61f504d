import type { Commit, Committed, Storage } from '@wf/core'

export type Committing = (commits: readonly Commit[]) => Promise<readonly Committed[]>

/** The storage with something around its writes. */
export const aroundCommits = (storage: Storage, around: (commit: Committing) => Committing): Storage => ({
  contract: storage.contract,
  capabilities: storage.capabilities,
  commit: around((commits) => storage.commit(commits)),
  load: (reads) => storage.load(reads),
  checkpoint: (save) => storage.checkpoint(save),
  due: (query) => storage.due(query),
  renew: (beat) => storage.renew(beat),
  list: (query) => storage.list(query),
  delete: (query) => storage.delete(query),
  close: () => storage.close(),
})
