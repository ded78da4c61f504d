import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { createTelemetry } from '../src/index.js'
import { asks, failsOnce, flow, step } from './given/flows.js'

function metered() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const provider = new MeterProvider({ readers: [reader] })
  const telemetry = createTelemetry({ tracer: false, meter: provider.getMeter('test') })
  const read = async () => {
    await reader.forceFlush()
    const all =
      exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? []
    return Object.fromEntries(
      all.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ attributes, value }) => ({
          ...attributes,
          count: typeof value === 'number' ? value : (value as { count: number }).count,
        })),
      ]),
    )
  }
  return { telemetry, read, close: () => provider.shutdown() }
}

it('counts what runs and steps do', async () => {
  const { telemetry, read, close } = metered()
  const w = flow('order').then(failsOnce('pay')).then(asks('ask')).commit()
  const engine = createDefaultEngine({ workflows: [w], telemetry, storage: createMemoryStorage() })
  const run = await engine.createRun(w)
  await run.start({})
  await run.resume({ resumeData: 1 })
  const seen = await read()
  const order = { 'wf.workflow.id': 'order' }
  expect(seen['wf.run.started']).toEqual([{ ...order, count: 1 }])
  expect(seen['wf.run.rested']).toEqual([{ ...order, 'wf.status': 'suspended', count: 1 }])
  expect(seen['wf.run.duration']).toEqual([{ ...order, 'wf.status': 'success', count: 1 }])
  expect(seen['wf.step.retries']).toEqual([{ ...order, 'wf.step.id': 'pay', count: 1 }])
  expect(seen['wf.step.duration']).toEqual([
    { ...order, 'wf.step.id': 'pay', 'wf.status': 'failed', count: 1 },
    { ...order, 'wf.step.id': 'pay', 'wf.status': 'success', count: 1 },
    { ...order, 'wf.step.id': 'ask', 'wf.status': 'suspended', count: 1 },
    { ...order, 'wf.step.id': 'ask', 'wf.status': 'success', count: 1 },
  ])
  expect(seen['wf.commit.duration']?.[0]).toMatchObject({ 'wf.status': 'success' })
  await engine.close()
  await close()
})

it('counts what was taken over, and how long it lay about', async () => {
  const { telemetry, read, close } = metered()
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  const begun = Promise.withResolvers<void>()
  let tries = 0
  const holds = step('hold', () => {
    tries += 1
    begun.resolve()
    return tries > 1 ? tries : new Promise(() => undefined)
  })
  const w = flow('order').then(holds).commit()
  const common = { workflows: [w], storage, clock, telemetry, leaseMs: 1_000 }
  const first = createDefaultEngine(common)
  const run = await first.createRun(w)
  await run.startAsync({})
  await begun.promise
  const second = createDefaultEngine(common)
  // The first one says nothing for longer than a lease: no timer of it rings.
  clock.jump(10_000)
  await second.tick()
  const taken = await second.run(w, run.runId)
  expect(await taken?.result()).toMatchObject({ status: 'success' })
  const seen = await read()
  expect(seen['wf.claim.lost']).toEqual([{ 'wf.workflow.id': 'order', count: 1 }])
  expect(seen['wf.session.lost']).toContainEqual({ 'wf.session.whose': 'other', count: 1 })
  expect(seen['wf.sweep.hits']).toContainEqual({ 'wf.journal.kind': 'run', count: 1 })
  await second.close()
  await first.close()
  await close()
})

it('measures how long work waited for a process that takes it', async () => {
  const { telemetry, read, close } = metered()
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  const w = flow('order').then(step('a')).commit()
  const common = { workflows: [w], storage, pubsub: createMemoryPubSub({ clock }), clock, drain: false } as const
  const client = createEventedEngine({ ...common, work: false })
  const run = await client.createRun(w)
  await run.startAsync({})
  await clock.advance(7_000)
  const worker = createEventedEngine({ ...common, telemetry })
  await worker.tick()
  const taken = await worker.run(w, run.runId)
  expect(await taken?.result()).toMatchObject({ status: 'success' })
  expect((await read())['wf.queue.delay']).toEqual([{ 'wf.workflow.id': 'order', count: 1 }])
  await worker.close()
  await client.close()
  await close()
})
