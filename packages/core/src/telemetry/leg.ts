import type { Fact, Fold } from '../driver/fold.js'
import { Inside, outside } from '../driver/outside.js'
import type { Claimed } from '../driver/perform.js'
import type { Frame, RunState, StepTelling, Trace } from '../machine/index.js'
import { aboutAttempt, aboutBlock, aboutRefused, aboutWait, isBlock } from './about.js'
import { attemptEnd } from './attempt-end.js'
import type { SpanEnd, TelemetrySpan } from './telemetry.js'
import type { Witness } from './witness.js'

type Facts = readonly Fact[]

interface Parts {
  readonly runId: string
  readonly witness: Witness
  readonly span: TelemetrySpan
  readonly trace: Trace | undefined
}

interface Block {
  readonly frame: Frame
  readonly span: TelemetrySpan
}

/** The time for which this process works on a run, and what has begun in it and not ended. */
export class Leg {
  /** By their paths, the outer before the inner. */
  private readonly blocks = new Map<string, Block>()
  private readonly attempts = new Set<TelemetrySpan>()
  readonly isRecording: boolean
  /** Where the leg's span is active. */
  private readonly inside: Inside

  constructor(private readonly parts: Parts) {
    const { witness, span } = parts
    this.isRecording = span.isRecording
    this.inside = outside(() => witness.within(span, () => new Inside()))
  }

  /** Runs user code under a span of its own; where nobody would see that, under the leg's, for what it calls. */
  perform(claimed: Claimed, call: (span: TelemetrySpan) => Promise<Facts>): Promise<Facts> {
    const { inside, parts } = this
    return this.isRecording ? this.attempt(claimed, call) : inside.call(call, parts.span)
  }

  private attempt(claimed: Claimed, call: (span: TelemetrySpan) => Promise<Facts>): Promise<Facts> {
    const { runId, witness, trace, span } = this.parts
    const { frame, part } = claimed.activity
    const about = aboutAttempt(runId, claimed, witness.wantsInputs && !trace?.hideInput)
    const attempt = witness.span(about, { parent: this.around(part === 'body' ? frame.parent : frame) })
    if (!attempt) return this.inside.call(call, span)
    this.attempts.add(attempt)
    const tellsOutput = witness.wantsOutputs && !trace?.hideOutput
    return outside(() => witness.within(attempt, () => call(attempt))).then((facts) => {
      const end = attemptEnd(facts, tellsOutput)
      if (this.attempts.delete(attempt)) witness.end(attempt, end, tellsOutput ? about : undefined)
      return facts
    })
  }

  /** A sleep or a wait is told when it is over: nobody has to hold it open until then. */
  waited({ frame, record }: StepTelling, { skewMs }: Fold): void {
    const { runId, witness } = this.parts
    const here = (at: number | undefined): number | undefined => (at === undefined ? undefined : at - skewMs)
    const place = { parent: this.around(frame.parent), startedAt: here(record.startedAt?.at) }
    const span = witness.span(aboutWait(runId, frame), place)
    if (span) witness.end(span, { status: record.status, endedAt: here(record.endedAt?.at) })
  }

  /** What it would have got did not fit, so that nobody has run it. */
  refused(frame: Frame, error: unknown): void {
    const { runId, witness } = this.parts
    const span = witness.span(aboutRefused(runId, frame), { parent: this.around(frame.parent) })
    if (span) witness.end(span, { status: 'failed', error })
  }

  /** Blocks that the run has left are over. */
  look({ state }: Fold): void {
    if (this.blocks.size === 0) return
    for (const [path, block] of [...this.blocks].reverse()) if (!isEntered(state, path)) this.leave(block, state)
  }

  /** This process does nothing more for the run, for now or for good. */
  end(end: SpanEnd): void {
    const { witness, span } = this.parts
    for (const attempt of this.attempts) witness.end(attempt, { status: 'interrupted' })
    this.attempts.clear()
    for (const { span: block } of [...this.blocks.values()].reverse()) witness.end(block, { status: end.status })
    this.blocks.clear()
    witness.end(span, end)
  }

  /** The span of the nearest block at or above a frame, begun if need be. */
  private around(from: Frame | undefined): TelemetrySpan {
    let frame = from
    while (frame?.parent && !isBlock(frame)) frame = frame.parent
    if (!frame?.parent) return this.parts.span
    const known = this.blocks.get(frame.path)
    if (known) return known.span
    const parent = this.around(frame.parent)
    const span = this.parts.witness.span(aboutBlock(this.parts.runId, frame), { parent })
    if (!span) return parent
    this.blocks.set(frame.path, { frame, span })
    return span
  }

  private leave({ frame, span }: Block, { outcome }: RunState): void {
    this.blocks.delete(frame.path)
    const isCanceled = outcome?.status === 'canceled'
    const status = isCanceled ? 'canceled' : (frame.record?.status ?? (frame.failure ? 'failed' : 'success'))
    this.parts.witness.end(span, { status })
  }
}

function isEntered({ root }: RunState, path: string): boolean {
  let frame: Frame | undefined = root
  for (const slot of path.split('.')) frame = frame?.children?.get(Number(slot))
  return frame !== undefined
}
