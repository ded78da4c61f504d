import type { WorkflowResult } from '@wf/core'
import { describe, expectTypeOf, it } from 'vitest'
import { crashEverywhere, type Mocks, type StepCall, type TestRun, testWorkflow } from '../src/index.js'
import { order } from './flows.js'

/** Only types are looked at; nothing of it is called. */
const typed = (_: () => unknown): void => undefined

describe('types of tests', () => {
  it('give mocks what the body of their step gets, and ask for what it gives', () => {
    typed(() =>
      testWorkflow(order, {
        mocks: {
          charge: async ({ inputData, idempotencyKey }) => {
            expectTypeOf(inputData).toEqualTypeOf<{ amount: number }>()
            expectTypeOf(idempotencyKey).toEqualTypeOf<string>()
            return { receipt: 'one' }
          },
          thank: ({ suspend }) => suspend(),
        },
      }),
    )
    // @ts-expect-error the receipt is a text
    typed(() => testWorkflow(order, { mocks: { charge: async () => ({ receipt: 1 }) } }))
    // @ts-expect-error there is no such step
    typed(() => testWorkflow(order, { mocks: { charg: async () => ({ receipt: '' }) } }))
  })

  it('let mocks in nested workflows name their input', () => {
    const mocks: Mocks<typeof order> = {
      'delivery.pack': async ({ inputData }: { readonly inputData: { readonly sku: string } }) => inputData.sku,
    }
    expectTypeOf(mocks['delivery.pack']).not.toBeNever()
  })

  it('know runs, results and calls', () => {
    const test = testWorkflow(order)
    expectTypeOf(test.start).returns.resolves.toEqualTypeOf<TestRun<typeof order>>()
    expectTypeOf<TestRun<typeof order>['result']>().toEqualTypeOf<WorkflowResult<typeof order>>()
    expectTypeOf(test.calls('charge')).toEqualTypeOf<readonly StepCall<{ amount: number }>[]>()
    expectTypeOf(test.calls<'a.b'>).returns.toEqualTypeOf<readonly StepCall<unknown>[]>()
    // @ts-expect-error there is no such step
    typed(() => test.calls('charg'))
    // @ts-expect-error the amount is a number
    typed(() => test.start({ inputData: { amount: 'much' } }))
  })

  it('know durations and points', () => {
    const test = testWorkflow(order)
    typed(() => [test.advance(1), test.advance('3 days'), test.advance('1.5 hours'), test.advance('20 ms')])
    // @ts-expect-error there is no such unit
    typed(() => test.advance('3 fortnights'))
    // @ts-expect-error a point is before or after something
    typed(() => test.crash({ at: 'body' }))
  })

  it('know crashes everywhere', () => {
    typed(() =>
      crashEverywhere(order, {
        inputData: { amount: 1 },
        mocks: () => ({ charge: async ({ inputData }) => ({ receipt: `${inputData.amount}` }) }),
        resume: ({ suspended, suspendPayload }) => {
          expectTypeOf(suspended).toEqualTypeOf<readonly (readonly string[])[]>()
          return { resumeData: suspendPayload.charge }
        },
        repeatable: ['thank'],
      }),
    )
    // @ts-expect-error there is no such step
    typed(() => crashEverywhere(order, { inputData: { amount: 1 }, repeatable: ['than'] }))
  })
})
