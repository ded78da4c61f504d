import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type Sampler,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import type { Engine, EngineOptions, Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { afterEach } from 'vitest'
import { createTelemetry, type TelemetryOptions } from '../../src/index.js'
import { type SeenSpan, seenSpan, treeOf } from './tree.js'

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

const open: Engine[] = []
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close()
})

interface Given extends Partial<EngineOptions> {
  readonly sampler?: Sampler
  readonly tracing?: TelemetryOptions
}

/** Spans of one test, and an engine that makes them. */
export function traced(kind: string, workflows: readonly Workflow[], given: Given = {}) {
  const { sampler, tracing, ...options } = given
  const exporter = new InMemorySpanExporter()
  const spanProcessors = [new SimpleSpanProcessor(exporter)]
  const provider = new BasicTracerProvider({ spanProcessors, ...(sampler && { sampler }) })
  const tracer = provider.getTracer('test')
  const telemetry = createTelemetry({ tracer, meter: false, ...tracing })
  const common = { workflows, telemetry, storage: createMemoryStorage(), ...options }
  const engine =
    kind === 'default'
      ? createDefaultEngine(common)
      : createEventedEngine({ ...common, pubsub: createMemoryPubSub(), drain: false })
  open.push(engine)
  const spans = (): readonly SeenSpan[] => exporter.getFinishedSpans().map((span) => seenSpan(span))
  return { engine, tracer, trace, spans, tree: () => treeOf(spans()) }
}

export const kinds = ['default', 'evented'] as const
