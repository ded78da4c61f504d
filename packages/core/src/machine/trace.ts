import type { RunState } from './state.js'
import type { Turn } from './turn.js'

/** Where a run is told of as a trace, and what is said of it there. Nothing depends on it. */
export interface Trace {
  /** As in the headers of W3C Trace Context. */
  readonly traceparent: string
  readonly tracestate?: string
  readonly tags?: readonly string[]
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Keys of the request context whose values are told. */
  readonly contextKeys?: readonly string[]
  readonly hideInput?: true
  readonly hideOutput?: true
}

/** A fact by which somebody sets a run going may say so. */
export interface Traced {
  readonly trace?: Trace
}

/** The first that a run was given stays; beside it only the last is kept. */
export function keepTrace({ state, undo }: Turn, { trace }: Traced): void {
  const [first] = state.traces
  if (trace) undo.set(state, 'traces', first ? [first, trace] : [trace])
}

/** A start begins anew. */
export function beginTrace({ state, undo }: Turn, { trace }: Traced): void {
  if (trace || state.traces.length > 0) undo.set(state, 'traces', trace ? [trace] : NONE)
}

const NONE: RunState['traces'] = []
