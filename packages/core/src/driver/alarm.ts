import type { Clock } from '../contracts/index.js'
import { dueAt } from '../machine/index.js'
import { nextDue } from './due.js'
import type { Fold } from './fold.js'

/** Rings when the first timer of a run comes due. Whoever is woken too early finds nothing and sets it again. */
export class Alarm {
  private disarm: (() => void) | undefined

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  get isSet(): boolean {
    return this.disarm !== undefined
  }

  set({ state, skewMs }: Fold): void {
    this.stop()
    const now = this.clock.now() + skewMs
    const next = nextDue(state, now)
    if (!next) return
    this.disarm = this.clock.after(Math.max(0, dueAt(next.due) - now), () => {
      this.disarm = undefined
      this.ring()
    })
  }

  stop(): void {
    this.disarm?.()
    this.disarm = undefined
  }
}
