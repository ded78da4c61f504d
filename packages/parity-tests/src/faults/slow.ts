import type { Clock, Storage } from '@wf/core'
import { type AroundCall, aroundCalls, type OfMethods } from './around-calls.js'
import { createInjector } from './create-injector.js'
import type { FaultOptions, Faulty } from './fault.js'

export interface SlowOptions extends FaultOptions, OfMethods {
  readonly clock: Clock
  /** The longest delay on the clock; each one is a part of it. */
  readonly mostMs: number
}

/** Takes its time, on the way there or on the way back; later calls may overtake. */
export function slow(storage: Storage, options: SlowOptions): Storage & Faulty {
  const { clock, mostMs, random, methods } = options
  const { faults, heal, strikes } = createInjector('slow', options)
  const pause = (): Promise<void> =>
    new Promise((resolve) => clock.after(Math.ceil(Math.max(1, random() * mostMs)), resolve))

  const around: AroundCall = async (call, method) => {
    if ((methods && !methods.includes(method)) || !strikes(method)) return call()
    const isOnTheWay = random() < 0.5
    if (isOnTheWay) await pause()
    const answer = await call()
    if (!isOnTheWay) await pause()
    return answer
  }
  return { ...aroundCalls(storage, around), faults, heal }
}
