import type { Clock } from '../contracts/index.js'
import { dueAt } from '../machine/index.js'
import { nextDue } from './due.js'
import type { Fold } from './fold.js'

/** Rings when the first timer of a run comes due. Whoever is woken too early finds nothing and sets it again. */
export class Alarm {
  private disarm: (() => void) | undefined

  private ringsAt = 0

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  get isSet(): boolean {
    return this.disarm !== undefined
  }

  ringsBefore(moment: number): boolean {
    return this.isSet && this.ringsAt < moment
  }

  set({ state, skewMs }: Fold): void {
    this.stop()
    if (state.timers.size === 0) return
    const now = this.clock.now() + skewMs
    const next = nextDue(state, now)
    if (!next) return
    const inMs = Math.max(0, dueAt(next.due) - now)
    this.ringsAt = this.clock.now() + inMs
    this.disarm = this.clock.after(inMs, () => {
      this.disarm = undefined
      this.ring()
    })
  }

  stop(): void {
    this.disarm?.()
    this.disarm = undefined
  }
}
