import type { Storage } from '../contracts/index.js'
import type { Witness } from './witness.js'

/** What journals are reached by. */
export type Reached = Pick<Storage, 'commit' | 'load'>

/** The same storage, with what its commits take. */
export function timedStorage(storage: Reached, witness: Witness): Reached {
  return {
    load: (reads) => storage.load(reads),
    async commit(commits) {
      const begunAt = performance.now()
      let status = 'failed'
      try {
        const answers = await storage.commit(commits)
        status = 'success'
        return answers
      } finally {
        witness.measure('commit-duration', performance.now() - begunAt, { status })
      }
    },
  }
}
