import * as first from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

vi.resetModules()
/** As in a process that has bundled the package twice. */
const second: typeof first = await import('@wf/core')

/** A workflow of the second copy; engine and storage are of the first. */
const ask = second.createStep({
  id: 'ask',
  inputSchema: z.number(),
  outputSchema: z.number(),
  execute: async ({ inputData, resumeData, suspend }) =>
    resumeData === undefined ? suspend({ sum: inputData }) : inputData + Number(resumeData),
})
const inner = second
  .createWorkflow({ id: 'inner', inputSchema: z.number(), outputSchema: z.number() })
  .then(ask)
  .commit()
const flow = second
  .createWorkflow({ id: 'flow', inputSchema: z.number(), outputSchema: z.number() })
  .then(inner)
  .map(async ({ inputData }) => inputData * 2)
  .commit()

/** Runs a body of the second copy on the first one's engine. */
async function resultOf(execute: (context: first.StepContext) => unknown, retries = 3) {
  const any = z.any()
  let attempts = 0
  const step = second.createStep({
    id: 'step',
    inputSchema: any,
    outputSchema: any,
    retry: { attempts: retries },
    execute: async (context) => {
      attempts += 1
      return execute(context)
    },
  })
  const alone = second.createWorkflow({ id: 'alone', inputSchema: any, outputSchema: any }).then(step).commit()
  const engine = createDefaultEngine({ workflows: [alone], storage: createMemoryStorage() })
  const result = await (await engine.createRun(alone)).start({
    requestContext: new second.RequestContext({ who: 'me' }),
  })
  await engine.close()
  return { result, attempts }
}

it('are two', () => {
  expect(second.WorkflowError).not.toBe(first.WorkflowError)
  expect(second.createWorkflow).not.toBe(first.createWorkflow)
})

it('run each other’s workflows, which suspend, resume and nest as their own', async () => {
  const engine = createDefaultEngine({ workflows: [flow], storage: createMemoryStorage() })
  const run = await engine.createRun(flow)
  expect((await run.start({ inputData: 1 })).status).toBe('suspended')
  expect(await run.resume({ step: ['inner', ask], resumeData: 20 })).toMatchObject({ status: 'success', result: 42 })
  await engine.close()
})

it('build with each other’s steps and workflows', async () => {
  const any = z.any()
  const outer = first
    .createWorkflow({ id: 'outer', inputSchema: any, outputSchema: any })
    .then(inner)
    .then(ask)
    .commit()
  expect(outer.hash).toBe(
    second.createWorkflow({ id: 'outer', inputSchema: any, outputSchema: any }).then(inner).then(ask).commit().hash,
  )
  const engine = createDefaultEngine({ workflows: [outer] })
  const run = await engine.createRun(outer)
  await run.start({ inputData: 1 })
  await run.resume({ resumeData: 1 })
  expect(await run.resume({ resumeData: 1 })).toMatchObject({ status: 'success', result: 3 })
  await engine.close()
})

it('know each other’s errors by their marks, also by `instanceof`', async () => {
  const final = await resultOf(() => {
    throw new second.NonRetryableError('no more')
  })
  expect([final.result.status, final.attempts]).toEqual(['failed', 1])
  const wire = await resultOf(() => {
    throw new second.TripWire('stop', { metadata: { score: 1 } })
  })
  expect(wire.result).toMatchObject({ status: 'tripwire', tripwire: { reason: 'stop', metadata: { score: 1 } } })
  const error = new second.WorkflowError('WF_LIMIT', 'too much')
  expect(first.isWorkflowError(error, 'WF_LIMIT')).toBe(true)
  expect(error instanceof first.WorkflowError).toBe(true)
  expect(new second.TripWire('x') instanceof first.TripWire).toBe(true)
  expect(new second.NonRetryableError() instanceof first.NonRetryableError).toBe(true)
  expect(new second.TripWire('x') instanceof first.WorkflowError).toBe(false)
})

it('read each other’s request contexts', async () => {
  const { result } = await resultOf(({ requestContext }) => [
    requestContext.get('who'),
    requestContext instanceof second.RequestContext,
  ])
  expect(result).toMatchObject({ result: ['me', true] })
})

it('take each other’s codecs', async () => {
  class Money {
    constructor(readonly cents: number) {}
  }
  const money = {
    name: 'Money',
    class: Money,
    toData: (value: object) => (value as Money).cents,
    fromData: (cents: unknown) => new Money(Number(cents)),
  }
  const codec = second.createCodec({ classes: [money] })
  const any = z.any()
  const pay = second.createStep({ id: 'pay', inputSchema: any, outputSchema: any, execute: async () => new Money(5) })
  const paid = second.createWorkflow({ id: 'paid', inputSchema: any, outputSchema: any }).then(pay).commit()
  const engine = createDefaultEngine({ workflows: [paid], storage: createMemoryStorage(), codec })
  const result = await (await engine.createRun(paid)).start()
  expect(result.status === 'success' && result.result).toEqual(new Money(5))
  await engine.close()
})

it('refuse workflows of a release with another form, and say so', async () => {
  const engine = createDefaultEngine({ workflows: [] })
  for (const form of [undefined, 2]) {
    const old = Object.assign(Object.create(Object.getPrototypeOf(flow)), { ...flow, form }) as first.Workflow
    const error = {
      code: 'WF_UNSUPPORTED',
      workflowId: 'flow',
      message: expect.stringMatching(/another release.*same release/),
    }
    await expect(engine.createRun(old)).rejects.toMatchObject(error)
    expect(() => createDefaultEngine({ workflows: [old] })).toThrow(expect.objectContaining(error))
    const { createWorkflow } = first
    const outer = () => createWorkflow({ id: 'outer', inputSchema: z.any(), outputSchema: z.any() }).then(old)
    expect(outer).toThrow(expect.objectContaining({ code: 'WF_UNSUPPORTED' }))
  }
  await engine.close()
})

it('cannot clone each other’s workflows, and say so', () => {
  expect(() => first.cloneWorkflow(flow, { id: 'copy' })).toThrow(/another copy of @wf\/core/)
})
