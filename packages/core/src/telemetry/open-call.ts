import type { SpanAbout, SpanEnd, TelemetrySpan } from './telemetry.js'
import type { Witness } from './witness.js'

/** The span of a call until it ends: as soon as what was called for is recorded, or as the call fails. */
export class OpenCall {
  private isOver = false

  constructor(
    private readonly span: TelemetrySpan,
    private readonly witness: Witness,
  ) {}

  end(end: SpanEnd, about?: SpanAbout): void {
    if (!this.isOver) this.witness.end(this.span, end, about)
    this.isOver = true
  }
}
