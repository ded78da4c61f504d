import { checkFields, type FieldRules, flag, isIdentifier, isRecord } from '../builder/fields.js'
import { WorkflowError } from '../errors/index.js'
import type { Trace } from '../machine/index.js'
import type { Carrier } from './telemetry.js'

/** How a call is told of as a trace. Kept with the run, for all processes that work on it. */
export interface TracingOptions {
  /** Said on each leg of the run, as attributes. */
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly tags?: readonly string[]
  /** The trace that the run is to be part of, as 32 hexadecimal digits. Default: the caller's, or a new one. */
  readonly traceId?: string
  /** The span in it that is the parent, as 16 hexadecimal digits. */
  readonly parentSpanId?: string
  /** Keys of the request context that are said on each leg. */
  readonly requestContextKeys?: readonly string[]
  /** Inputs stay out of spans, whatever the engine's telemetry records. */
  readonly hideInput?: boolean
  readonly hideOutput?: boolean
}

const hexadecimal = (digits: number) => ({
  expected: `${digits} hexadecimal digits in lower case, not all of them 0`,
  accepts: (value: unknown) =>
    typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value) && /[^0]/.test(value),
})

const names = {
  expected: 'a list of texts that are not empty',
  accepts: (value: unknown) => Array.isArray(value) && value.every(isIdentifier),
}

const rules: FieldRules = {
  metadata: {
    expected: 'an object of what JSON can say',
    accepts: (value) => isRecord(value) && JSON.stringify(value) !== undefined,
  },
  tags: names,
  traceId: hexadecimal(32),
  parentSpanId: hexadecimal(16),
  requestContextKeys: names,
  hideInput: flag,
  hideOutput: flag,
}

interface Whose {
  readonly of: string
  readonly workflowId?: string
  readonly runId?: string
}

export function checkTracingOptions(options: unknown, whose: Whose): void {
  checkFields(options, rules, { ...whose, field: 'tracingOptions' })
  const { traceId, parentSpanId } = options as TracingOptions
  if (parentSpanId === undefined || traceId !== undefined) return
  const text = '`tracingOptions.parentSpanId` names a span of a trace; give that trace as `traceId`'
  throw new WorkflowError('WF_INVALID_OPTION', text, { ...whose, field: 'tracingOptions.traceId' })
}

const NEVER_SEEN = '0000000000000001'

/** The parent that the caller names. */
export function namedParent({ traceId, parentSpanId }: TracingOptions): Carrier | undefined {
  if (traceId === undefined) return undefined
  // The trace alone is no parent; one that nobody has ever seen puts the span into it.
  return { traceparent: `00-${traceId}-${parentSpanId ?? NEVER_SEEN}-01` }
}

/** What is kept with the run: a copy, in no other form than a journal would give it back. */
export function keptTrace(carrier: Carrier, options: TracingOptions): Trace {
  const { metadata, tags, requestContextKeys: contextKeys, hideInput, hideOutput } = options
  return {
    ...carrier,
    ...(tags && { tags: [...tags] }),
    ...(metadata && { metadata: JSON.parse(JSON.stringify(metadata)) as NonNullable<Trace['metadata']> }),
    ...(contextKeys && { contextKeys: [...contextKeys] }),
    ...(hideInput && { hideInput }),
    ...(hideOutput && { hideOutput }),
  }
}

/** The ids that a result tells. */
export function traceIdsOf(trace: Trace | undefined): { readonly traceId?: string; readonly spanId?: string } {
  const [, traceId, spanId] = trace ? trace.traceparent.split('-') : []
  return traceId && spanId ? { traceId, spanId } : {}
}

/** What lines of the logger tell of it. */
export function traceOf(trace: Trace | undefined): { readonly traceId?: string } {
  const { traceId } = traceIdsOf(trace)
  return traceId === undefined ? {} : { traceId }
}
