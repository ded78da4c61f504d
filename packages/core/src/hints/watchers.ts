import type { Clock } from '../contracts/index.js'
import type { FlowEvent } from '../driver/flow.js'

/** So often others are told which runs are watched here, and so long they remember it. */
const ANNOUNCE_MS = 10_000
const REMEMBER_MS = 35_000

interface Watched {
  readonly runId: string
  readonly workflowId: string
}

export interface WatchersParts {
  readonly clock: Clock
  /** Under which name this process is known now. */
  readonly session: () => string
  /** Tells all processes. */
  readonly ask: (event: FlowEvent) => void
}

/** Who watches runs in one process hears of what others do with them: these are asked to tell of each step. */
export class Watchers {
  /** Runs that are watched here. */
  private readonly here = new Map<string, Watched>()
  /** Runs that are watched elsewhere, and until when that is believed. */
  private readonly elsewhere = new Map<string, number>()
  private disarm: (() => void) | undefined

  constructor(private readonly parts: WatchersParts) {}

  /** Somebody here watches a run, or nobody does any longer. */
  watch(run: Watched, isWatched: boolean): void {
    if (!isWatched) {
      this.here.delete(run.runId)
      if (this.here.size === 0) this.stop()
      return
    }
    this.here.set(run.runId, run)
    this.announce(run)
    this.disarm ??= this.clock.after(ANNOUNCE_MS, () => this.again())
  }

  /** Whether it was about somebody who watches. */
  hears({ type, runId, status }: FlowEvent): boolean {
    if (type !== 'workflow.watch') return false
    if (status === this.parts.session()) return true
    this.forgetOld()
    // Behind all that were heard of before.
    this.elsewhere.delete(runId)
    this.elsewhere.set(runId, this.clock.now() + REMEMBER_MS)
    return true
  }

  isWatchedElsewhere(runId: string): boolean {
    if (this.elsewhere.size === 0) return false
    this.forgetOld()
    return this.elsewhere.has(runId)
  }

  stop(): void {
    this.disarm?.()
    this.disarm = undefined
  }

  private again(): void {
    this.disarm = this.clock.after(ANNOUNCE_MS, () => this.again())
    for (const run of this.here.values()) this.announce(run)
  }

  private forgetOld(): void {
    const now = this.clock.now()
    for (const [runId, until] of this.elsewhere) {
      if (until >= now) break
      this.elsewhere.delete(runId)
    }
  }

  private announce({ runId, workflowId }: Watched): void {
    this.parts.ask({ type: 'workflow.watch', runId, workflowId, version: 0, status: this.parts.session() })
  }

  private get clock() {
    return this.parts.clock
  }
}
