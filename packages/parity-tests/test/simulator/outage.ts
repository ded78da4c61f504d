import type { Storage } from '@wf/core'
import { aroundCalls } from '../../src/faults/around-calls.js'
import type { World } from '../../src/simulator/index.js'

/** The storage goes away with one call, before it has done what it was asked or after, and comes back after a while. */
export class Outage {
  refused = 0
  private left = Number.POSITIVE_INFINITY
  private isAway = false

  constructor(
    private readonly world: World,
    private readonly moment: 'before' | 'after',
    private readonly ms = 10_000,
  ) {}

  /** With the nth call from now on, of whichever process. */
  beginsWith(nth: number): void {
    this.left = nth
  }

  around(storage: Storage): Storage {
    return aroundCalls(storage, async (call) => {
      if (this.isAway) throw this.away()
      this.left -= 1
      if (this.left !== 0) return call()
      this.isAway = true
      this.world.clock.after(this.ms, () => {
        this.isAway = false
      })
      if (this.moment === 'after') await call()
      throw this.away()
    })
  }

  private away(): Error {
    this.refused += 1
    return new Error('the storage is restarting')
  }
}
