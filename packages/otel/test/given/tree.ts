import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

/** A span as it can be handed from one process to another. */
export interface SeenSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string | undefined
  readonly name: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly links: readonly string[]
  readonly startMs: number
  readonly endMs: number
  readonly error: string | undefined
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[]
  readonly process?: string
}

const msOf = ([seconds, nanos]: readonly [number, number]): number => seconds * 1_000 + nanos / 1e6

export function seenSpan(span: ReadableSpan, process?: string): SeenSpan {
  const { traceId, spanId } = span.spanContext()
  return {
    traceId,
    spanId,
    parentId: span.parentSpanContext?.spanId,
    name: span.name,
    attributes: span.attributes,
    links: span.links.map(({ context }) => context.spanId),
    startMs: msOf(span.startTime),
    endMs: msOf(span.endTime),
    error: span.status.code === 2 ? (span.status.message ?? '') : undefined,
    events: span.events.map(({ name, attributes = {} }) => ({ name, attributes })),
    ...(process !== undefined && { process }),
  }
}

/** One line for each span, those below it indented. */
export function treeOf(spans: readonly SeenSpan[]): readonly string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const inOrder = [...spans].sort(byPlace)
  const lines: string[] = []
  const tell = (span: SeenSpan, depth: number): void => {
    const linked = span.links.flatMap((id) => byId.get(id)?.name ?? [])
    lines.push(`${'  '.repeat(depth)}${lineOf(span)}${linked.length > 0 ? ` → ${linked.join(', ')}` : ''}`)
    for (const child of inOrder) if (child.parentId === span.spanId) tell(child, depth + 1)
  }
  for (const span of inOrder) if (!span.parentId || !byId.has(span.parentId)) tell(span, 0)
  return lines
}

/** By their places in the graph; times alone do not tell what began first in one millisecond. */
function byPlace(one: SeenSpan, other: SeenSpan): number {
  const places = comparePlaces(placeOf(one), placeOf(other))
  return places || one.startMs - other.startMs || attemptOf(one) - attemptOf(other) || (one.name < other.name ? -1 : 1)
}

const attemptOf = ({ attributes }: SeenSpan): number => Number(attributes['wf.step.attempt'] ?? 0)

const placeOf = ({ attributes }: SeenSpan): readonly number[] => {
  const path = attributes['wf.step.path']
  return typeof path === 'string' && path !== '' ? path.split('.').map(Number) : []
}

function comparePlaces(one: readonly number[], other: readonly number[]): number {
  for (const [index, slot] of one.entries()) if (slot !== other[index]) return slot - (other[index] ?? -1)
  return one.length - other.length
}

function lineOf({ name, attributes, process }: SeenSpan): string {
  const status = attributes['wf.run.status'] ?? attributes['wf.status']
  const index = attributes['wf.foreach.index'] ?? attributes['wf.loop.iteration']
  const place = index === undefined ? '' : ` [${index}]`
  return `${name}${place}: ${status}${process === undefined ? '' : ` (${process})`}`
}
