import { isRecord } from '../builder/fields.js'
import type { Logger } from '../builder/logger.js'
import { toError } from '../errors/index.js'
import type { Redaction } from '../redaction/redaction.js'
import type { Measure, MeasureAbout, SpanAbout, SpanEnd, SpanPlace, Telemetry, TelemetrySpan } from './telemetry.js'

/** Stands between the driver and somebody's telemetry: nothing that this does reaches a run, and nothing is told unredacted. */
export class Witness {
  private hasComplained = false

  constructor(
    private readonly telemetry: Telemetry,
    private readonly redaction: Redaction,
  ) {}

  get logger(): Logger {
    return this.redaction.logger
  }

  get sees(): boolean {
    return this.telemetry.span !== undefined
  }

  get measures(): boolean {
    return this.telemetry.measure !== undefined
  }

  get wantsInputs(): boolean {
    return this.telemetry.recordInputs === true
  }

  get wantsOutputs(): boolean {
    return this.telemetry.recordOutputs === true
  }

  span(about: SpanAbout, place: SpanPlace): TelemetrySpan | undefined {
    return this.tries(() => this.telemetry.span?.(this.redacted(about), place))
  }

  /** An error was redacted before it was recorded; one that was not is now. */
  end(span: TelemetrySpan, end: SpanEnd, about?: SpanAbout): void {
    this.tries(() => {
      if (!about || (end.error === undefined && end.output === undefined)) return span.end(end)
      const { error, output } = end
      const where = placeOf(about)
      const told = {
        ...(error !== undefined && { error: this.redaction.error(this.redaction.inUse.mask(toError(error)), where) }),
        ...(output !== undefined && { output: this.redaction.value(output, where) }),
      }
      return span.end({ ...end, ...told })
    })
  }

  measure(measure: Measure, value: number, about: MeasureAbout): void {
    this.tries(() => this.telemetry.measure?.(measure, value, about))
  }

  /** Calls once, with the span active if that can be done. */
  within<Result>(span: TelemetrySpan, call: () => Result): Result {
    let called: { readonly result: Result } | undefined
    const once = (): Result => {
      called ??= { result: call() }
      return called.result
    }
    this.tries(() => span.within(once))
    return once()
  }

  private redacted(about: SpanAbout): SpanAbout {
    const told = this.redaction.value(about, placeOf(about))
    if (told === about) return about
    const { subject, runId, workflowId } = about
    return { ...(isRecord(told) ? told : { runId, workflowId }), subject } as SpanAbout
  }

  /** What it calls may throw: then there is no answer, and the run does not notice. */
  tries<Result>(call: () => Result): Result | undefined {
    try {
      return call()
    } catch (thrown) {
      if (!this.hasComplained) this.complain(toError(thrown))
      return undefined
    }
  }

  /** Once is enough: it would be so each time. */
  private complain(error: Error): void {
    this.hasComplained = true
    this.logger.error({ err: error }, `the telemetry of the engine threw, and runs go on without: ${error.message}`)
  }
}

const placeOf = ({ workflowId, runId, stepId }: SpanAbout) =>
  ({ kind: 'span', workflowId, runId, ...(stepId !== undefined && { stepId }) }) as const
