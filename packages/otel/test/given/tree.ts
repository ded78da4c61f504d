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

/** One line for each span, those below it indented, in the order in which they began. */
export function treeOf(spans: readonly SeenSpan[]): readonly string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const inOrder = [...spans].sort((one, other) => one.startMs - other.startMs || one.endMs - other.endMs)
  const lines: string[] = []
  const tell = (span: SeenSpan, depth: number): void => {
    const linked = span.links.flatMap((id) => byId.get(id)?.name ?? [])
    lines.push(`${'  '.repeat(depth)}${lineOf(span)}${linked.length > 0 ? ` → ${linked.join(', ')}` : ''}`)
    for (const child of inOrder) if (child.parentId === span.spanId) tell(child, depth + 1)
  }
  for (const span of inOrder) if (!span.parentId || !byId.has(span.parentId)) tell(span, 0)
  return lines
}

function lineOf({ name, attributes, process }: SeenSpan): string {
  const status = attributes['wf.run.status'] ?? attributes['wf.status']
  const index = attributes['wf.foreach.index'] ?? attributes['wf.loop.iteration']
  const place = index === undefined ? '' : ` [${index}]`
  return `${name}${place}: ${status}${process === undefined ? '' : ` (${process})`}`
}
