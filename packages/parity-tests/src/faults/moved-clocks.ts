import type { Clock } from '@wf/core'
import { createFaultCount, createInjector } from './create-injector.js'
import type { FaultOptions, Faulty } from './fault.js'

/** A wall clock that is always so many milliseconds off. Timers run as ever. */
export function skewed(clock: Clock, offsetMs: number): Clock & Faulty {
  const faults = createFaultCount('skewed')
  let offset = offsetMs
  return {
    now() {
      if (offset !== 0) faults.add('now')
      return clock.now() + offset
    },
    after: (ms, wake) => clock.after(ms, wake),
    faults,
    heal() {
      offset = 0
    },
  }
}

export interface JumpingOptions extends FaultOptions {
  /** How far off the clock may be at most, forward or back. */
  readonly mostMs: number
}

/** A wall clock that somebody sets now and then, forward or back, seen by whoever looks at it next. Timers run as ever. */
export function jumping(clock: Clock, options: JumpingOptions): Clock & Faulty {
  const { random, mostMs } = options
  const { faults, heal, strikes } = createInjector('jumping', options)
  let offset = 0
  return {
    now() {
      if (strikes('now')) offset = Math.round((random() * 2 - 1) * mostMs)
      return clock.now() + offset
    },
    after: (ms, wake) => clock.after(ms, wake),
    faults,
    heal() {
      heal()
      offset = 0
    },
  }
}
