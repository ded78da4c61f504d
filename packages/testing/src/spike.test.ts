import { createEvent, createStep, createWorkflow } from '@wf/core'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { testWorkflow } from './index.js'

const charge = createStep({
  id: 'charge', inputSchema: z.object({ amount: z.number() }), outputSchema: z.object({ receipt: z.string() }), retries: 1,
  execute: async () => { throw new Error('this would cost real money') },
})
const thank = createStep({ id: 'thank', inputSchema: z.object({ receipt: z.string() }), outputSchema: z.string(), execute: async ({ inputData }) => `thank you for ${inputData.receipt}` })
const order = createWorkflow({ id: 'order', inputSchema: z.object({ amount: z.number() }), outputSchema: z.string() })
  .then(charge).sleep(3 * 86_400_000).then(thank).commit()
for (const engine of ['default', 'evented'] as const) {
it(`time ${engine}`, async () => {
  const t = performance.now()
  const test = testWorkflow(order, { engine, mocks: { charge: async ({ inputData, idempotencyKey }) => ({ receipt: `${inputData.amount} under ${idempotencyKey}` }) } })
  const run = await test.start({ inputData: { amount: 20 } })
  console.log(run.status)
  await test.advance('3 days')
  console.log(run.status, run.result.status === 'success' && run.result.result)
  console.log(test.calls('charge').length, test.calls('charge')[0]?.inputData.amount, performance.now() - t)
})
it(`crash ${engine}`, async () => {
  for (const when of ['before', 'after'] as const) for (const at of ['claim', 'body', 'commit'] as const) for (const step of ['charge', 'thank']) {
  const test = testWorkflow(order, { engine, mocks: { charge: async ({ inputData, idempotencyKey }) => ({ receipt: `${inputData.amount} under ${idempotencyKey}` }) } })
  const crash = test.crash({ [when]: step, at } as never)
  const run = await test.start({ inputData: { amount: 20 } })
  const was = [run.status, test.calls('charge').length, test.calls('thank').length]
  await run.settle()
  console.log(when, at, step, was, crash.happened, run.status, run.result.status === 'success' && run.result.result, test.calls('charge').length, test.calls('thank').length, test.now() - Date.UTC(2030, 0, 1) - 3 * 86_400_000)
  }
})
it(`redeliver ${engine}`, async () => {
  const test = testWorkflow(order, { engine, mocks: { charge: async ({ inputData, idempotencyKey }) => ({ receipt: `${inputData.amount} under ${idempotencyKey}` }) } })
  const crash = test.redeliver('charge')
  const run = await test.start({ inputData: { amount: 20 } })
  const was = [run.status, test.calls('charge').length, test.calls('thank').length]
  await run.settle()
  console.log(was, crash.happened, run.status, run.result.status === 'success' && run.result.result, test.calls('charge'), test.calls('thank').length, test.now() - Date.UTC(2030, 0, 1) - 3 * 86_400_000)
})
it(`hang ${engine}`, async () => {
  const test = testWorkflow(order, { engine, mocks: { charge: () => new Promise(() => undefined) } })
  const run = await test.start({ inputData: { amount: 20 } })
  expect(() => run.result).toThrow('x')
})
it(`hang settle ${engine}`, async () => {
  const test = testWorkflow(order, { engine, mocks: { charge: () => new Promise(() => undefined) } })
  const run = await test.start({ inputData: { amount: 20 } })
  await run.settle()
})
it(`real ${engine}`, async () => {
  const test = testWorkflow(order, { engine, mocks: { charge: () => new Promise((resolve) => setTimeout(() => resolve({receipt: 'x'}), 300)) } })
  const run = await test.start({ inputData: { amount: 20 } })
  console.log(run.status, test.calls('charge'))
})
}
