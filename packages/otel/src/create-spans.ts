import {
  type Context,
  context,
  isSpanContextValid,
  type Link,
  ROOT_CONTEXT,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import type { SpanAbout, SpanPlace, Telemetry } from '@wf/core'
import { attributesOf } from './attributes.js'
import { spanContextOf } from './carrier.js'
import { OtelSpan } from './otel-span.js'
import { kindOf, nameOf } from './span-name.js'

const NO_LINKS: Link[] = []

/** Makes the spans of an engine with a tracer. */
export function createSpans(tracer: Tracer, maxLength: number): NonNullable<Telemetry['span']> {
  return (about, place) => {
    const parent = contextOf(place)
    const { startedAt } = place
    const options = {
      kind: kindOf(about),
      attributes: attributesOf(about, maxLength),
      links: linksOf(place, parent),
      ...(startedAt !== undefined && { startTime: startedAt }),
    }
    const span = tracer.startSpan(nameOf(about), options, parent)
    // Nobody has registered a provider.
    if (!isSpanContextValid(span.spanContext())) return undefined
    return new OtelSpan({ span, context: trace.setSpan(parent, span), maxLength, isRun: isOfRun(about) })
  }
}

const isOfRun = ({ subject }: SpanAbout): boolean => subject === 'leg'

function contextOf({ parent }: SpanPlace): Context {
  if (!parent) return context.active()
  if (parent instanceof OtelSpan) return parent.context
  const there = 'traceparent' in parent ? spanContextOf(parent) : undefined
  return there ? trace.setSpanContext(ROOT_CONTEXT, there) : ROOT_CONTEXT
}

function linksOf({ links = [], linksCaller }: SpanPlace, parent: Context): Link[] {
  const named = links.flatMap((carrier) => spanContextOf(carrier) ?? [])
  const caller = linksCaller && trace.getSpanContext(context.active())
  const all = caller && caller.traceId !== trace.getSpanContext(parent)?.traceId ? [...named, caller] : named
  return all.length > 0 ? all.map((one) => ({ context: one })) : NO_LINKS
}
