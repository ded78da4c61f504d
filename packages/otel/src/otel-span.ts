import { type Context, context, type Span, SpanStatusCode } from '@opentelemetry/api'
import { type Carrier, isRecord, type SpanEnd, type TelemetrySpan } from '@wf/core'
import { toldValue } from './attributes.js'
import { carrierOf } from './carrier.js'

interface Parts {
  readonly span: Span
  /** With the span active in it. */
  readonly context: Context
  readonly maxLength: number
  readonly isRun: boolean
}

/** A span of OpenTelemetry, as an engine knows it. */
export class OtelSpan implements TelemetrySpan {
  readonly native: Span
  readonly context: Context
  readonly isRecording: boolean

  constructor(private readonly parts: Parts) {
    this.native = parts.span
    this.context = parts.context
    this.isRecording = parts.span.isRecording()
  }

  get carrier(): Carrier {
    return carrierOf(this.native.spanContext())
  }

  within<Result>(call: () => Result): Result {
    return context.with(this.context, call)
  }

  end({ status, error, output, endedAt }: SpanEnd): void {
    const { native } = this
    const { isRun, maxLength } = this.parts
    if (this.isRecording) {
      native.setAttribute(isRun ? 'wf.run.status' : 'wf.status', status)
      if (output !== undefined) native.setAttribute('wf.step.output', toldValue(output, maxLength))
      if (hasFailed(status)) this.fail(error)
    }
    native.end(endedAt)
  }

  private fail(error: unknown): void {
    const { native } = this
    const { name, message, stack } = partsOf(error)
    native.setStatus({ code: SpanStatusCode.ERROR, ...(message !== undefined && { message }) })
    if (error === undefined) return
    native.setAttribute('error.type', name ?? '_OTHER')
    native.recordException({ name: name ?? 'Error', message: message ?? '', ...(stack !== undefined && { stack }) })
  }
}

const hasFailed = (status: string): boolean => status === 'failed' || status === 'tripwire'

/** Errors that came from a journal may be of any shape. */
function partsOf(error: unknown): { name?: string; message?: string; stack?: string } {
  if (!isRecord(error)) return error === undefined ? {} : { message: String(error) }
  const { name, code, message, stack } = error
  const type = typeof code === 'string' && name === 'WorkflowError' ? code : name
  return {
    ...(typeof type === 'string' && { name: type }),
    ...(typeof message === 'string' && { message }),
    ...(typeof stack === 'string' && { stack }),
  }
}
