import type { Activity, Ref } from '../machine/index.js'
import type { Driver } from './driver.js'
import type { LiveRun } from './live-run.js'

/** So long a trial keeps other suspects waiting: what kills its process mostly does so soon. */
const LONGEST_TRIAL_MS = 3_000

/** Its process was lost, and so was one before; or it is under suspicion already. */
export const isSuspect = ({ lost, lostAlone }: Activity, over: Ref | undefined): boolean =>
  lostAlone > 0 || (over !== undefined && lost > 0)

/**
 * Suspects are begun one at a time in a process, so that none is convicted of what another one did. The others wait for
 * their turn here, in no order, or go to other processes.
 */
export class Trials {
  private tried: LiveRun | undefined
  private endsAt = 0
  private readonly waiting = new Set<LiveRun>()
  private disarm: (() => void) | undefined

  constructor(private readonly driver: Driver) {}

  /** Whether this run may claim a suspect now. A run that may not is handed to this process again when it may. */
  admits(run: LiveRun): boolean {
    if (this.isFree) return true
    this.waiting.add(run)
    this.disarm ??= this.clock.after(Math.max(0, this.endsAt - this.clock.now()), () => {
      this.disarm = undefined
      this.next()
    })
    return false
  }

  begin(run: LiveRun): void {
    this.tried = run
    this.endsAt = this.clock.now() + LONGEST_TRIAL_MS
  }

  /** A trial may be over. */
  next(): void {
    if (this.waiting.size === 0 || this.driver.closed || !this.isFree) return
    const runs = [...this.waiting]
    const run = runs[Math.floor(this.driver.settings.random() * runs.length)]
    if (!run) return
    this.waiting.delete(run)
    run.hand(Number.POSITIVE_INFINITY).catch(() => undefined)
  }

  stop(): void {
    this.disarm?.()
    this.waiting.clear()
  }

  /** Also where the claim has not landed: then nothing of the run is under way any more. */
  private get isFree(): boolean {
    const { tried } = this
    return !tried || (!tried.isTurning && !tried.works) || this.clock.now() >= this.endsAt
  }

  private get clock() {
    return this.driver.settings.clock
  }
}
