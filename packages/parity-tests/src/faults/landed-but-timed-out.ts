import type { Storage } from '@wf/core'
import { aroundCalls } from './around-calls.js'
import { createFaultCount, type GrowingFaultCount } from './create-injector.js'
import type { FaultCount } from './fault.js'

/**
 * A storage that performs one commit call and then throws as if it had timed out: the caller does not know that it
 * landed. `call` counts from 0; the count also tells how many calls there were.
 */
export function landedButTimedOut(
  storage: Storage,
  call: number,
): Storage & { readonly faults: FaultCount & { readonly calls: number } } {
  const faults: GrowingFaultCount & { calls: number } = Object.assign(createFaultCount('landedButTimedOut'), {
    calls: 0,
  })
  return {
    ...aroundCalls(storage, (make) => make()),
    faults,
    async commit(commits) {
      const number = faults.calls
      faults.calls += 1
      const answers = await storage.commit(commits)
      if (number !== call) return answers
      faults.add('commit')
      throw new Error('the storage did not answer in time')
    },
  }
}
