import type { Activity, Ref } from '../machine/index.js'
import type { Driver } from './driver.js'
import type { LiveRun } from './live-run.js'

/** So long a trial keeps other suspects waiting: what kills its process mostly does so soon. */
const LONGEST_TRIAL_MS = 3_000
/** However a trial ends, and whoever is handed over then does nothing, the others are thought of again after so long. */
const NEXT_LOOK_MS = 100

/** Its process was lost, and so was one before; or it is under suspicion already. */
export const isSuspect = ({ lost, lostAlone }: Activity, over: Ref | undefined): boolean =>
  lostAlone > 0 || (over !== undefined && lost > 0)

/**
 * Suspects are begun one at a time in a process, so that none is convicted of what another one did. The runs of others
 * wait for their turn here, in no order, or go to other processes.
 */
export class Trials {
  private tried: LiveRun | undefined
  private endsAt = 0
  /** Runs that wait, and of which workflow they are. */
  private readonly waiting = new Map<string, string>()
  private disarm: (() => void) | undefined

  constructor(private readonly driver: Driver) {}

  /** A run is about to claim: what it tried before has not been begun, or is over, unless something of it works. */
  turns(run: LiveRun): void {
    if (this.tried === run && !run.works) this.tried = undefined
  }

  /** Whether this run may claim a suspect now. A run that may not is handed to this process again when it may. */
  admits(run: LiveRun): boolean {
    if (this.isFree) return true
    this.waiting.set(run.runId, run.program.workflow.id)
    this.arm()
    return false
  }

  begin(run: LiveRun): void {
    this.tried = run
    this.endsAt = this.clock.now() + LONGEST_TRIAL_MS
    this.arm()
  }

  /** Somebody has nothing to do any more: a trial may be over. */
  next(): void {
    if (this.waiting.size === 0 || this.driver.closed || !this.isFree) return
    const all = [...this.waiting]
    const [runId, workflowId] = all[Math.floor(this.driver.settings.random() * all.length)] ?? []
    if (runId === undefined || workflowId === undefined) return
    this.waiting.delete(runId)
    this.arm()
    this.driver.hand(runId, workflowId).catch(() => undefined)
  }

  stop(): void {
    this.waiting.clear()
    this.arm()
  }

  /** As long as somebody waits there is a next look. */
  private arm(): void {
    this.disarm?.()
    this.disarm = undefined
    if (this.waiting.size === 0) return
    const inMs = Math.max(NEXT_LOOK_MS, this.endsAt - this.clock.now())
    this.disarm = this.clock.after(inMs, () => {
      this.arm()
      this.next()
    })
  }

  private get isFree(): boolean {
    const { tried } = this
    return !tried || (!tried.isTurning && !tried.works) || this.clock.now() >= this.endsAt
  }

  private get clock() {
    return this.driver.settings.clock
  }
}
