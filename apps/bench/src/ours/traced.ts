import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { AlwaysOffSampler, BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Telemetry } from '@wf/core'
import { createTelemetry } from '@wf/otel'

/** Makes spans, and hands them to nobody: what exporters cost is theirs. */
const discarding: SpanProcessor = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
}

function tracerOf(options: ConstructorParameters<typeof BasicTracerProvider>[0]) {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  return new BasicTracerProvider(options).getTracer('bench')
}

export const unsampled = (): Telemetry =>
  createTelemetry({ tracer: tracerOf({ sampler: new AlwaysOffSampler() }), meter: false })

export const sampled = (): Telemetry =>
  createTelemetry({ tracer: tracerOf({ spanProcessors: [discarding] }), meter: false })

export const measured = (): Telemetry =>
  createTelemetry({ tracer: false, meter: new MeterProvider().getMeter('bench') })

/** So many spans of the SDK, each within the one before it, with as many attributes as an attempt has. */
export function bareSpans(count: number): void {
  const tracer = tracerOf({ spanProcessors: [discarding] })
  const parent = trace.setSpan(context.active(), tracer.startSpan('run'))
  for (let index = 0; index < count; index += 1) {
    const attributes = Object.fromEntries(Array.from({ length: 9 }, (_, key) => [`wf.attribute.${key}`, `${index}`]))
    const span = tracer.startSpan('step', { attributes }, parent)
    context.with(trace.setSpan(parent, span), () => undefined)
    span.setAttribute('wf.status', 'success').end()
  }
}
