import type { Draft } from '../driver/draft.js'
import { firstDue } from '../driver/due.js'
import type { Fact, Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import { outside } from '../driver/outside.js'
import type { Claimed } from '../driver/perform.js'
import { errorOf, statusOf } from '../driver/result.js'
import { dueAt, type RunEvent, refOf, type StepFailed, type StepTelling, type Telling } from '../machine/index.js'
import { aboutLeg, isWait } from './about.js'
import { Leg } from './leg.js'
import type { OpenCall } from './open-call.js'
import { RunMeter } from './run-meter.js'
import type { SpanEnd, TelemetrySpan } from './telemetry.js'
import type { Witness } from './witness.js'

/** What this process has to tell of one run, while it has to do with it. */
export class RunTrace {
  /** `null`: nobody wants to see it. */
  private leg: Leg | null | undefined
  private readonly meter: RunMeter | undefined
  /** Calls that are under way, by where they are in their trace. */
  readonly calls = new Map<string, OpenCall>()

  constructor(
    private readonly run: LiveRun,
    private readonly witness: Witness,
  ) {
    if (witness.measures) this.meter = new RunMeter(run.program.workflow.id, witness)
  }

  turnBegins(fold: Fold): void {
    this.meter?.turnBegins(fold)
    // What others wrote they tell themselves. What this turn folds is told where somebody may see it.
    if (!this.run.audience) fold.turn.told = this.isSeen ? [] : undefined
  }

  /** Somebody may see what is told of it. */
  private get isSeen(): boolean {
    return this.leg === undefined ? this.witness.sees : this.leg?.isRecording === true
  }

  /** What this process has written stands. */
  landed(fold: Fold, draft: Draft): void {
    this.meter?.landed(fold, draft)
    // Before anything is begun that may end this process.
    if (this.calls.size > 0) for (const fact of draft.facts) this.calls.get(whereSet(fact))?.end({ status: 'success' })
    if (this.isSeen) this.witness.tries(() => this.tell(fold, draft))
  }

  private tell(fold: Fold, draft: Draft): void {
    for (const telling of fold.turn.told ?? [])
      if (telling.what === 'step-over' && isOurs(telling, fold)) this.tellOver(fold, draft, telling)
    if (draft.facts.some(isOfRun)) this.begun(fold)
    this.leg?.look(fold)
  }

  /** Runs user code, and tells it with what it came to. */
  perform(claimed: Claimed, call: (span: TelemetrySpan | undefined) => Promise<readonly Fact[]>) {
    const leg = this.witness.sees ? this.begun(claimed.scene.fold) : undefined
    const performed = leg ? leg.perform(claimed, call) : outside(() => call(undefined))
    return this.meter ? this.meter.performed(claimed, performed) : performed
  }

  /** A turn has come to its end: where nothing goes on here soon, the leg is over. */
  turned(fold: Fold, draft: Draft): void {
    const { run } = this
    if (this.leg === undefined || run.works || draft.waits || run.inbox.size > 0 || this.ringsSoon(fold)) return
    this.end(this.witness.tries(() => endOf(fold)) ?? { status: statusOf(fold.state) })
  }

  /** What still runs is nobody's business any more. */
  close(): void {
    this.end({ status: 'interrupted' })
  }

  /** Sleeps and waits, and what has failed before anybody could run it, have no attempt that would tell of them. */
  private tellOver(fold: Fold, { facts }: Draft, telling: StepTelling): void {
    const { frame, record } = telling
    if (isWait(frame)) this.begun(fold)?.waited(telling, fold)
    if (!record.failure) return
    const refusal = facts.find(({ event }) => isRefusal(event) && event.at === frame.path)
    if (refusal) this.begun(fold)?.refused(frame, refusal.value)
  }

  private begun(fold: Fold): Leg | undefined {
    if (this.leg !== undefined) return this.leg ?? undefined
    this.leg = this.witness.tries(() => this.newLeg(fold)) ?? null
    return this.leg ?? undefined
  }

  private newLeg(fold: Fold): Leg | undefined {
    const { run, witness } = this
    const [first, last] = fold.state.traces
    const about = aboutLeg(run, fold)
    const span = outside(() => witness.span(about, { parent: first, links: last ? [last] : [] }))
    return span && new Leg({ runId: run.runId, witness, span, trace: last ?? first })
  }

  private end(end: SpanEnd): void {
    this.leg?.end(end)
    this.leg = undefined
  }

  private ringsSoon(fold: Fold): boolean {
    const first = fold.state.rest ? undefined : firstDue(fold.state)
    return first !== undefined && dueAt(first.due) < fold.time + this.run.driver.settings.leaseMs
  }
}

/** Folded from the commit that has just landed, and not from those of others that were met on the way. */
const isOurs = ({ ref }: Telling, { head }: Fold): boolean => ref >= refOf(head.version, 0)

const isRefusal = (event: RunEvent): event is StepFailed => event.type === 'step-failed' && event.claim === undefined

const whereSet = ({ event }: Fact): string => ('trace' in event && event.trace ? event.trace.traceparent : '')

/** Facts that say something of the run itself, so that somebody has to tell them. */
const isOfRun = ({ event: { type } }: Fact): boolean => type === 'run-ended' || type === 'run-rested'

function endOf(fold: Fold): SpanEnd {
  const { state } = fold
  const status = statusOf(state)
  return state.outcome?.failure ? { status, error: errorOf(fold, state.outcome.failure) } : { status }
}
