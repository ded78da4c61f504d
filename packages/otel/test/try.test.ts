import { createStep, createWorkflow } from '@wf/core'
import { it } from 'vitest'
import { z } from 'zod'
import { kinds, traced } from './given/traced.js'

const any = z.any()
const step = (id: string, execute: (context: any) => unknown, more = {}) =>
  createStep({ id, inputSchema: any, outputSchema: any, execute, ...more } as never) as never
const flow = (id: string): any => createWorkflow({ id, inputSchema: any, outputSchema: any })

it.each(kinds)('%s', async (kind) => {
  const inner = flow('inner').then(step('i1', () => [1, 2])).then(step('i2', async ({ inputData }) => inputData)).commit()
  let n = 0
  const w = flow('order')
    .then(step('price', async () => { if (n++ === 0) throw new Error('once'); return 1 }, { retries: 1 }))
    .parallel([step('a', () => 1), step('b', async () => 2)])
    .sleep(5)
    .branch([[async () => true, step('yes', () => 1)], [async () => false, step('no', () => 1)]])
    .then(inner)
    .foreach(step('each', async ({ inputData }) => inputData), { concurrency: 2 })
    .dountil(step('again', () => 1), async ({ iterationCount }: any) => iterationCount >= 2)
    .map(async () => ({ x: 1 }))
    .then(step('asks', async ({ resumeData, suspend }) => resumeData ?? suspend({})))
    .then(step('fails', () => { throw new TypeError('bad') }))
    .commit()
  const t = traced(kind, [w])
  const run = await t.engine.createRun(w)
  const r = await run.start({ inputData: {}, tracingOptions: { tags: ['x'], metadata: { customer: 'c' } } })
  console.log(r.status, r.traceId, r.spanId)
  const r2 = await run.resume({ resumeData: { ok: 1 } })
  console.log(r2.status)
  console.log(t.tree().join('\n'))
  console.log(JSON.stringify(t.spans().find((s) => s.name.startsWith('run '))), t.spans().filter((s) => s.error !== undefined).map((s) => [s.name, s.error, s.events.length]))
})
