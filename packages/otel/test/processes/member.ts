import { appendFileSync } from 'node:fs'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { createTelemetry } from '../../src/index.js'
import { flow, step } from '../given/flows.js'
import { seenSpan } from '../given/tree.js'
import type { Order } from './order.js'

const order: Order = JSON.parse(process.argv[2] ?? '{}')

/** Without a buffer, so that a span that has ended is there whatever becomes of the process. */
const exporter = {
  export(spans: readonly ReadableSpan[], done: (result: { code: number }) => void): void {
    for (const span of spans) appendFileSync(order.spans, `${JSON.stringify(seenSpan(span, order.name))}\n`)
    done({ code: 0 })
  },
  shutdown: () => Promise.resolve(),
}

const approve = step('approve', ({ resumeData, suspend }) => {
  if (resumeData === undefined) return suspend({ asks: 'the office' })
  if (order.dies) process.kill(process.pid, 'SIGKILL')
  return resumeData
})

const workflow = flow('order')
  .then(step('price'))
  .then(approve)
  .parallel([step('ship'), step('bill')], { id: 'fulfil' })
  .sleep(10, { id: 'settle' })
  .then(step('notify'))
  .commit()

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
const telemetry = createTelemetry({ tracer: provider.getTracer('test'), meter: false })
const storage = createSqliteStorage({ path: order.path, synchronous: 'normal' })
const common = { workflows: [workflow], storage, telemetry, leaseMs: 300 }

const acts = {
  async starts() {
    const engine = createDefaultEngine(common)
    const run = await engine.createRun(workflow, { runId: order.runId })
    return { engine, result: await run.start({ inputData: { sku: 'a' } }) }
  },
  async resumes() {
    const engine = createDefaultEngine(common)
    const run = await engine.run(workflow, order.runId)
    return { engine, result: await run?.resume({ resumeData: 'approved' }) }
  },
  async works() {
    const engine = createEventedEngine({ ...common, pubsub: createMemoryPubSub(), work: { everyMs: 20 } })
    const run = await engine.run(workflow, order.runId)
    return { engine, result: await run?.result() }
  },
}

const { engine, result } = await acts[order.does]()
await engine.close()
await storage.close()
process.stdout.write(`${result?.status}\n`)
