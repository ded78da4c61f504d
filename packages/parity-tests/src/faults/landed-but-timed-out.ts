import type { Storage } from '@wf/core'

/** Says how often a fault was really injected: a run without any proves nothing. */
export interface FaultCount {
  readonly injected: number
}

/**
 * A storage that performs one commit call and then throws as if it had timed out: the caller does not know that it
 * landed. `call` counts from 0; the count also tells how many calls there were.
 */
export function landedButTimedOut(
  storage: Storage,
  call: number,
): Storage & { readonly faults: FaultCount & { readonly calls: number } } {
  const faults = { injected: 0, calls: 0 }
  return {
    ...storage,
    faults,
    async commit(commits) {
      const number = faults.calls
      faults.calls += 1
      const answers = await storage.commit(commits)
      if (number !== call) return answers
      faults.injected += 1
      throw new Error('the storage did not answer in time')
    },
  }
}
