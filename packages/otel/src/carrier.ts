import { createTraceState, type SpanContext, TraceFlags } from '@opentelemetry/api'
import type { Carrier } from '@wf/core'

const PATTERN = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/

/** `undefined`: it names no span. */
export function spanContextOf({ traceparent, tracestate }: Carrier): SpanContext | undefined {
  const [, traceId, spanId, flags] = PATTERN.exec(traceparent) ?? []
  if (!traceId || !spanId || !flags) return undefined
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED
  return {
    traceId,
    spanId,
    traceFlags,
    isRemote: true,
    ...(tracestate && { traceState: createTraceState(tracestate) }),
  }
}

export function carrierOf({ traceId, spanId, traceFlags, traceState }: SpanContext): Carrier {
  const traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
  const tracestate = traceState?.serialize()
  return tracestate ? { traceparent, tracestate } : { traceparent }
}
