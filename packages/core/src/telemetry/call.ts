import type { LiveRun } from '../driver/live-run.js'
import type { Trace } from '../machine/index.js'
import { firstTrace } from './first-trace.js'
import { OpenCall } from './open-call.js'
import type { SpanPlace, SpanSubject } from './telemetry.js'
import { keptTrace, namedParent, type TracingOptions } from './tracing-options.js'

interface Call {
  readonly subject: Extract<SpanSubject, 'start' | 'resume' | 'restart' | 'time-travel'>
  readonly options: { readonly tracingOptions?: TracingOptions | undefined }
}

/**
 * A call that sets a run going has a span of its own, which ends as soon as the run is recorded to go: it cannot be lost
 * with a process that dies later. Where it is, is kept with the run, for all that follows.
 */
export async function traced<Result>(
  live: LiveRun,
  { subject, options: { tracingOptions = {} } }: Call,
  act: (trace?: Trace) => Promise<Result>,
): Promise<Result> {
  const { witness } = live.driver.settings
  if (!witness?.sees) return act()
  const { runId, program } = live
  const { tags, metadata } = tracingOptions
  const about = { subject, runId, workflowId: program.workflow.id, tags, metadata }
  const span = witness.span(about, await placeOf(live, subject, tracingOptions))
  if (!span) return act()
  const trace = keptTrace(span.carrier, tracingOptions)
  const call = new OpenCall(span, witness)
  live.bench.trace?.calls.set(trace.traceparent, call)
  try {
    const result = await act(trace)
    call.end({ status: 'success' })
    return result
  } catch (error) {
    call.end({ status: 'failed', error }, about)
    throw error
  } finally {
    live.bench.trace?.calls.delete(trace.traceparent)
  }
}

/** A run stays in the trace in which it was begun; whoever goes on with it is linked. */
async function placeOf(live: LiveRun, subject: SpanSubject, options: TracingOptions): Promise<SpanPlace> {
  const named = namedParent(options)
  const first = subject === 'start' ? undefined : await firstTrace(live)
  if (!first) return named ? { parent: named } : {}
  return { parent: first, linksCaller: true, links: named ? [named] : [] }
}
