import type { Clock } from '../contracts/index.js'
import type { Ref } from '../machine/index.js'
import type { TelemetrySpan } from '../telemetry/telemetry.js'
import type { Fact } from './fold.js'
import { failureOf } from './outcome.js'
import { outside } from './outside.js'
import { type Bench, type Claimed, deskOf, perform, timeoutError } from './perform.js'
import type { Scene } from './scene.js'
import type { Aborting } from './setting.js'
import { Speech } from './speech.js'

export type AbortReason = 'canceled' | 'timeout' | 'lost' | 'draining'

/** A piece of user code that this process is running. */
export class Body implements Aborting {
  private aborter: AbortController | undefined
  private stopTimer: (() => void) | undefined
  private over = false
  private isDropped = false
  private said: Speech | undefined
  span: TelemetrySpan | undefined

  constructor(
    private readonly bench: Bench,
    readonly claimed: Claimed,
    private readonly clock: Pick<Clock, 'after'>,
  ) {}

  get claim(): Ref {
    return this.claimed.claim
  }

  get scene(): Scene {
    return this.claimed.scene
  }

  get key(): string {
    return this.claimed.activity.key
  }

  /** Made when somebody asks for it. */
  get signal(): AbortSignal {
    return this.controller().signal
  }

  get speech(): Speech {
    this.said ??= new Speech(this.bench.around, this.claimed, this)
    return this.said
  }

  /**
   * It has no say any more. One whose session was found expired has: as long as nobody has taken its place, what it comes
   * to counts, and what it says with it.
   */
  get isSilent(): boolean {
    if (this.over || this.isDropped) return true
    return this.aborter?.signal.aborted === true && !this.wasToldLost
  }

  /** It was told that its session had expired. */
  get wasToldLost(): boolean {
    return this.aborter?.signal.reason === 'lost'
  }

  /** How much it has said, if it has said anything. */
  get tally(): Speech['tally'] | undefined {
    return this.said?.tally
  }

  /** Settles once with the facts; never rejects. A body that outlives its time is not waited for. */
  run(claimed: Claimed): Promise<readonly Fact[]> {
    const { trace } = this.bench
    return trace ? trace.perform(claimed, (span) => this.underSpan(claimed, span)) : outside(() => this.inTime(claimed))
  }

  private underSpan(claimed: Claimed, span: TelemetrySpan | undefined): Promise<readonly Fact[]> {
    this.span = span
    return this.inTime(claimed)
  }

  private inTime(claimed: Claimed): Promise<readonly Fact[]> {
    const performed = perform(this.bench, claimed, this)
    const { node } = this.claimed.scene.frame
    const timeoutMs = this.claimed.activity.part === 'body' && 'timeoutMs' in node ? node.timeoutMs : undefined
    return timeoutMs === undefined ? performed : this.race(performed, timeoutMs)
  }

  abort(reason: AbortReason): void {
    this.stopTimer?.()
    if (!this.over) this.controller().abort(reason)
  }

  /** Its claim does not stand any more, or nobody will hear of it. */
  drop(reason: AbortReason): void {
    this.isDropped = true
    this.abort(reason)
  }

  /** Ends the run, unless somebody has taken the place of this body in the meantime. */
  cancel(): void {
    if (!this.isSilent) this.bench.around.cancel(this)
  }

  done(): void {
    this.over = true
    this.stopTimer?.()
  }

  private controller(): AbortController {
    this.aborter ??= new AbortController()
    return this.aborter
  }

  private race(performed: Promise<readonly Fact[]>, ms: number): Promise<readonly Fact[]> {
    const late = new Promise<readonly Fact[]>((resolve) => {
      this.stopTimer = this.clock.after(ms, () => {
        const error = timeoutError(this.bench.around.workflowId, this.claimed.scene.frame.node.id, ms)
        this.abort('timeout')
        resolve(failureOf(deskOf(this.bench, this.claimed), error))
      })
    })
    return Promise.race([performed, late])
  }
}
