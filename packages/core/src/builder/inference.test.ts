import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { approve, double, price, show } from '../../test/builder/typed-steps.js'
import {
  cloneStep,
  cloneWorkflow,
  createStep,
  createWorkflow,
  type InputOf,
  type OutputOf,
  type StateOf,
  type StepsOf,
  type Workflow,
  type WorkflowResult,
} from './index.js'

/** Only its type is looked at; nothing of it exists. */
function resultOf<Owner extends Workflow>(_workflow: Owner): WorkflowResult<Owner> {
  return { status: 'none', steps: {} } as unknown as WorkflowResult<Owner>
}

function typed<Output>(): z.ZodType<Output, Output> {
  return z.custom<Output>()
}

const begin = createWorkflow({
  id: 'order',
  inputSchema: z.object({ sku: z.string(), quantity: z.number().default(1) }),
  outputSchema: z.unknown(),
  stateSchema: z.object({ seen: z.number() }),
  requestContextSchema: z.object({ user: z.object({ name: z.string() }) }),
})

describe('a workflow', () => {
  it('knows its input, output, state and steps', () => {
    const order = begin.then(price).then(approve).commit()
    expectTypeOf<InputOf<typeof order>>().toEqualTypeOf<{ sku: string; quantity?: number | undefined }>()
    expectTypeOf<StateOf<typeof order>>().toEqualTypeOf<{ seen: number }>()
    expectTypeOf<StepsOf<typeof order>['id']>().toEqualTypeOf<'price' | 'approve'>()
    expectTypeOf(order.steps.approve.id).toEqualTypeOf<'approve'>()
  })

  it('nests as a step', () => {
    const inner = createWorkflow({
      id: 'inner',
      inputSchema: z.object({ amount: z.number() }),
      outputSchema: z.object({ approved: z.boolean() }),
    })
      .then(approve)
      .commit()
    const outer = begin.then(price).then(inner).commit()
    expectTypeOf<StepsOf<typeof outer>['id']>().toEqualTypeOf<'price' | 'inner'>()
    const renamed = cloneWorkflow(inner, { id: 'renamed' })
    expectTypeOf(renamed.id).toEqualTypeOf<'renamed'>()
    expectTypeOf<OutputOf<typeof renamed>>().toEqualTypeOf<{ approved: boolean }>()
  })

  it('gives the outputs of a parallel by id or by name', () => {
    const listed = begin.parallel([price, cloneStep(price, { id: 'other' })])
    listed.map(({ inputData }) => {
      expectTypeOf(inputData).toEqualTypeOf<{
        price: OutputOf<typeof price>
        other: OutputOf<typeof price>
      }>()
      return inputData
    })
    const named = begin.parallel(
      { first: price, second: (flow) => flow.then(cloneStep(price, { id: 'again' })).then(approve) },
      { allowFailure: true },
    )
    named.map(({ inputData }) => {
      expectTypeOf(inputData).toEqualTypeOf<{
        first: OutputOf<typeof price> | null
        second: { approved: boolean } | null
      }>()
      return inputData
    })
    const ended = named.commit()
    expectTypeOf<StepsOf<typeof ended>['id']>().toEqualTypeOf<'price' | 'again' | 'approve'>()
  })

  it('gives the outputs of the arms that may have run', () => {
    begin
      .then(price)
      .branch([
        [async ({ inputData }) => inputData.amount > 1, approve],
        [({ getInitData }) => getInitData().quantity > 1, cloneStep(approve, { id: 'later' })],
      ])
      .map(({ inputData }) => {
        expectTypeOf(inputData).toEqualTypeOf<{ approve?: { approved: boolean }; later?: { approved: boolean } }>()
        return inputData
      })
    begin
      .then(price)
      .branch({
        cheap: [({ inputData }) => inputData.amount < 1, (flow) => flow.map(async ({ inputData }) => inputData.amount)],
        dear: [({ state }) => state.seen > 1, approve],
      })
      .map(({ inputData }) => {
        expectTypeOf(inputData).toEqualTypeOf<{ cheap?: number; dear?: { approved: boolean } }>()
        return inputData
      })
  })

  it('gives the items of a foreach', () => {
    begin
      .then(price)
      .map(({ inputData }) => inputData.tags.map((tag) => tag.name.length))
      .foreach(double, { concurrency: ({ inputData }) => inputData.length })
      .foreach((flow) => flow.then(double).then(show), { concurrency: 2 })
      .map(({ inputData }) => {
        expectTypeOf(inputData).toEqualTypeOf<{ text: string }[]>()
        return inputData
      })
  })

  it('types the conditions of loops by the output of the body', () => {
    begin
      .map(() => 1)
      .dountil(double, async ({ inputData, iterationCount }) => inputData > iterationCount)
      .dowhile(
        (flow) => flow.then(double).map(({ inputData }) => inputData + 1),
        ({ inputData, getStepResult }) => {
          expectTypeOf(inputData).toEqualTypeOf<number>()
          expectTypeOf(getStepResult('double')).toEqualTypeOf<number | null>()
          return inputData < 100
        },
      )
      .sleep(({ inputData }) => inputData)
      .sleepUntil(({ inputData }) => new Date(inputData))
      .map(({ inputData }) => {
        expectTypeOf(inputData).toEqualTypeOf<number>()
        return inputData
      })
  })

  it('types maps by their sources', () => {
    const mapped = begin.then(price).map(
      {
        fixed: { value: 'x' },
        list: { value: [1, 2] },
        length: { fn: async ({ inputData }) => inputData.tags.length },
        amount: { step: price, path: 'amount' },
        firstTag: { step: price, path: 'tags.0.name' },
        whole: { step: price, path: '.' },
        either: { step: [price, approve], path: '.' },
        sku: { initData: true, path: 'sku' },
        user: { requestContextPath: 'user.name' },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders of a map's template
        text: { template: '${inputData.amount} of ${initData.sku}' },
        checked: { value: 1, schema: typed<string>() },
      },
      { id: 'mapped' },
    )
    mapped.map(({ inputData, getStepResult }) => {
      expectTypeOf(inputData.fixed).toEqualTypeOf<'x'>()
      expectTypeOf(inputData.list).toEqualTypeOf<[1, 2]>()
      expectTypeOf(inputData.length).toEqualTypeOf<number>()
      expectTypeOf(inputData.amount).toEqualTypeOf<number>()
      expectTypeOf(inputData.firstTag).toEqualTypeOf<string | undefined>()
      expectTypeOf(inputData.whole).toEqualTypeOf<OutputOf<typeof price>>()
      expectTypeOf(inputData.either).toEqualTypeOf<OutputOf<typeof price> | { approved: boolean }>()
      expectTypeOf(inputData.sku).toEqualTypeOf<string>()
      expectTypeOf(inputData.user).toEqualTypeOf<string>()
      expectTypeOf(inputData.text).toEqualTypeOf<string>()
      expectTypeOf(inputData.checked).toEqualTypeOf<string>()
      expectTypeOf(getStepResult('mapped')).toEqualTypeOf<typeof inputData | null>()
      return inputData
    })
  })

  it('types its results by status and step', () => {
    const order = createWorkflow({
      id: 'typed',
      inputSchema: z.object({ sku: z.string() }),
      outputSchema: z.object({ approved: z.boolean() }),
    })
      .then(price)
      .then(approve)
      .commit()
    const result = resultOf(order)
    if (result.status === 'success') expectTypeOf(result.result).toEqualTypeOf<{ approved: boolean }>()
    if (result.status === 'failed') expectTypeOf(result.error).toEqualTypeOf<Error>()
    if (result.status === 'suspended') {
      expectTypeOf(result.suspendPayload.approve).toEqualTypeOf<{ ask: string } | undefined>()
    }
    const record = result.steps.price
    if (record?.status === 'success') expectTypeOf(record.output).toEqualTypeOf<OutputOf<typeof price>>()
    expectTypeOf(result.steps.input).toEqualTypeOf<{ sku: string } | undefined>()
    // @ts-expect-error no such step
    result.steps.cost
    // @ts-expect-error only a success has a result
    result.result
  })

  it('checks nothing where a schema allows anything', () => {
    const loose = createStep({ id: 'loose', inputSchema: z.any(), outputSchema: z.any(), execute: async () => 1 })
    const flow = createWorkflow({ id: 'w', inputSchema: z.any(), outputSchema: z.object({ n: z.number() }) })
    const workflow = flow
      .then(double)
      .then(loose)
      .then(cloneStep(approve, { id: 'approve-1' }))
      .map({ deep: { step: loose, path: 'any.where' }, list: { initData: true, path: 'list' } })
      .then(cloneStep(loose, { id: 'loose-1' }))
      .foreach(cloneStep(approve, { id: 'approve-2' }))
      .then(cloneStep(loose, { id: 'loose-2' }))
      .commit()
    expectTypeOf<OutputOf<typeof workflow>>().toEqualTypeOf<{ n: number }>()
  })

  it('knows ids only of what was given one', () => {
    const workflow = begin
      .map(({ inputData }) => inputData.quantity)
      .parallel({ x: (flow) => flow.map(({ inputData }) => inputData), y: (flow) => flow.sleep(1, { id: 'nap' }) })
      .branch({ z: [() => true, (flow) => flow.sleep(1)] })
      .commit()
    expectTypeOf<StepsOf<typeof workflow>['id']>().toEqualTypeOf<'nap'>()
  })
})
