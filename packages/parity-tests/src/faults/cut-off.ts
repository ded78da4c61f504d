import type { Storage } from '@wf/core'
import { aroundCalls } from './around-calls.js'
import { createFaultCount } from './create-injector.js'
import { type Cut, createCut } from './cut.js'
import type { Faulty } from './fault.js'

export interface CutOff extends Storage, Faulty {
  /** Nothing gets through any more; what is asked meanwhile waits until the answer is called. */
  cut(): () => void
}

/** What lies between a process and its storage, to be cut: the process hangs, or seems dead to all others. */
export function cutOff(storage: Storage): CutOff {
  return cutOffBy(createCut(), storage)
}

export function cutOffBy(wire: Cut, storage: Storage): CutOff {
  const faults = createFaultCount('cutOff')
  return {
    ...aroundCalls(storage, async (call, method) => {
      if (wire.isCut) faults.add(method)
      if (wire.isCut) await wire.mended()
      return call()
    }),
    faults,
    cut: wire.cut,
    heal: wire.heal,
  }
}
