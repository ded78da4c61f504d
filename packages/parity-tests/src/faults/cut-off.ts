import type { Storage } from '@wf/core'
import { aroundCalls } from './around-calls.js'
import { createFaultCount } from './create-injector.js'
import type { Faulty } from './fault.js'

export interface CutOff extends Storage, Faulty {
  /** Nothing gets through any more; what is asked meanwhile waits until the answer is called. */
  cut(): () => void
}

/** What lies between a process and its storage, to be cut: the process hangs, or seems dead to all others. */
export function cutOff(storage: Storage): CutOff {
  const faults = createFaultCount('cutOff')
  let cut: PromiseWithResolvers<void> | undefined
  let isHealed = false

  const restore = (mine = cut): void => {
    if (cut === mine) cut = undefined
    mine?.resolve()
  }
  return {
    ...aroundCalls(storage, async (call, method) => {
      if (cut) faults.add(method)
      while (cut) await cut.promise
      return call()
    }),
    faults,
    cut() {
      const mine = Promise.withResolvers<void>()
      if (isHealed) return () => undefined
      cut = mine
      return () => restore(mine)
    },
    heal() {
      isHealed = true
      restore()
    },
  }
}
