import type { Storage } from '@wf/core'

/** The same storage, which also says when something was committed. Storages are plain objects, so wrapping one is easy. */
export function watchedStorage(storage: Storage, committed: () => void): Storage {
  return {
    ...storage,
    async commit(commits) {
      const answers = await storage.commit(commits)
      committed()
      return answers
    },
  }
}
