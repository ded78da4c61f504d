import { type Clock, LONGEST_TIMER_MS } from '../contracts/index.js'
import { dueAt } from '../machine/index.js'
import { nextDue } from './due.js'
import type { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import { hasCome } from './turn-time.js'

/** Sets the alarm of a run, which has one since there was first a timer. */
export function setAlarm(run: LiveRun, fold: Fold): void {
  if (fold.state.timers.size > 0) run.alarm ??= new Alarm(run)
  run.alarm?.set(fold)
}

/** Rings when the first timer of a run comes due. Whoever is woken too early finds nothing and sets it again. */
export class Alarm {
  private disarm: (() => void) | undefined

  private ringsAt = 0

  constructor(private readonly run: LiveRun) {}

  private get clock(): Clock {
    return this.run.driver.settings.clock
  }

  get isSet(): boolean {
    return this.disarm !== undefined
  }

  ringsBefore(moment: number): boolean {
    return this.isSet && this.ringsAt < moment
  }

  set({ state, skewMs, time }: Fold): void {
    this.stop()
    if (state.timers.size === 0) return
    // A retry that has come due since the turn began was not claimed by it, and waits for nobody but us.
    const next = nextDue(state, time)
    if (!next) return
    const now = this.clock.now() + skewMs
    const inMs = Math.min(LONGEST_TIMER_MS, Math.max(0, dueAt(next.due) - now))
    this.ringsAt = this.clock.now() + inMs
    this.disarm = this.clock.after(inMs, () => {
      this.disarm = undefined
      hasCome(this.run, now + inMs)
      this.run.ring()
    })
  }

  stop(): void {
    this.disarm?.()
    this.disarm = undefined
  }
}
