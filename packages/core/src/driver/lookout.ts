import type { Clock } from '../contracts/index.js'
import type { Bodies } from './bodies.js'
import type { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'

/** Somebody waits here for what happens in another process, which may be gone. */
export function waitsForOthers(run: LiveRun, bodies: Bodies, { state }: Fold): boolean {
  if (!run.driver.store || (run.waiters.size === 0 && !run.audience)) return false
  // An event comes to whichever process it was sent in.
  return (bodies.size === 0 && (!run.isAlarmed || state.waits.size > 0)) || bodies.haveCompany(state)
}

/** Keeps up the lookout of a run, which has one since somebody first waited for others. */
export function lookOut(run: LiveRun, wanted: boolean, orSoon: boolean): void {
  const { clock, leaseMs } = run.driver.settings
  if (wanted) run.lookout ??= new Lookout(clock, leaseMs / 10, () => void run.driver.sweeper.look(run))
  run.lookout?.keepUp(wanted, orSoon)
}

/** Looks again and again at what others may be doing, for as long as it is kept up. */
export class Lookout {
  private stop: (() => void) | undefined
  private isWanted = false

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly look: () => void,
  ) {}

  /** `orSoon`: what is not wanted now may be so after the next turn; then the timer stays, and passes without a look. */
  keepUp(wanted: boolean, orSoon = false): void {
    this.isWanted = wanted
    if (wanted) this.stop ??= this.clock.after(this.everyMs, () => this.turn())
    if (wanted || orSoon) return
    this.stop?.()
    this.stop = undefined
  }

  private turn(): void {
    this.stop = undefined
    if (this.isWanted) this.look()
  }
}
