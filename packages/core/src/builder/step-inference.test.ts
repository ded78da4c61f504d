import * as v from 'valibot'
import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { approve, double, price, show } from '../../test/builder/typed-steps.js'
import {
  cloneStep,
  createStep,
  createWorkflow,
  type InputOf,
  type OutputOf,
  type RequestContext,
  type ResumeDataOf,
  type Step,
  type SuspendDataOf,
  type Workflow,
} from './index.js'

describe('a step', () => {
  it('has types for what it asks and says when it suspends', () => {
    expectTypeOf<ResumeDataOf<typeof approve>>().toEqualTypeOf<{ ok: boolean; at?: string | undefined }>()
    expectTypeOf<SuspendDataOf<typeof approve>>().toEqualTypeOf<{ ask: string }>()
    expectTypeOf<ResumeDataOf<typeof price>>().toEqualTypeOf<unknown>()
    expectTypeOf(approve.id).toEqualTypeOf<'approve'>()
  })

  it('takes schemas of zod 3, zod 4 and valibot', () => {
    expectTypeOf<InputOf<typeof double>>().toEqualTypeOf<number>()
    expectTypeOf<OutputOf<typeof show>>().toEqualTypeOf<{ text: string }>()
    const flow = createWorkflow({ id: 'mixed', inputSchema: v.number(), outputSchema: z.object({ text: z.string() }) })
    const mixed = flow.then(double).then(show).commit()
    expectTypeOf<InputOf<typeof mixed>>().toEqualTypeOf<number>()
    expectTypeOf<OutputOf<typeof mixed>>().toEqualTypeOf<{ text: string }>()
  })

  it('keeps apart what a schema takes and what it gives', () => {
    const length = createStep({
      id: 'length',
      inputSchema: z.object({ text: z.string().transform((text) => text.length), times: z.number().default(1) }),
      outputSchema: z.number(),
      execute: ({ inputData }) => {
        expectTypeOf(inputData).toEqualTypeOf<{ text: number; times: number }>()
        return inputData.text * inputData.times
      },
    })
    expectTypeOf<InputOf<typeof length>>().toEqualTypeOf<{ text: string; times?: number | undefined }>()
  })

  it('has the state and the request context of its schemas', () => {
    createStep({
      id: 'counting',
      inputSchema: z.unknown(),
      outputSchema: z.number(),
      stateSchema: z.object({ count: z.number(), name: z.string() }),
      requestContextSchema: z.object({ user: z.string() }),
      execute: async ({ state, setState, requestContext, getStepResult, getInitData }) => {
        expectTypeOf(state).toEqualTypeOf<{ count: number; name: string }>()
        expectTypeOf(requestContext).toEqualTypeOf<RequestContext<{ user: string }>>()
        expectTypeOf(requestContext.get('user')).toEqualTypeOf<string>()
        expectTypeOf(getStepResult(price)).toEqualTypeOf<OutputOf<typeof price> | null>()
        expectTypeOf(getStepResult('anything')).toEqualTypeOf<unknown>()
        expectTypeOf(getInitData<{ a: 1 }>()).toEqualTypeOf<{ a: 1 }>()
        await setState({ count: state.count + 1 })
        // @ts-expect-error the state has no such key
        await setState({ cuont: 1 })
        return state.count
      },
    })
  })

  it('may stand among others with any schema for the request context', () => {
    const context = z.object({ user: z.string(), tries: z.number().optional() })
    const named = createStep({
      id: 'named',
      inputSchema: z.number(),
      outputSchema: z.string(),
      requestContextSchema: context,
      execute: ({ requestContext }) => requestContext.get('user'),
    })
    const flow = { inputSchema: z.number(), outputSchema: z.string(), requestContextSchema: context }
    const strict = createWorkflow({ id: 'strict', ...flow })
      .then(named)
      .commit()
    expectTypeOf(named).toExtend<Step>()
    expectTypeOf(strict).toExtend<Workflow>()
    expectTypeOf<RequestContext<{ user: string }>>().toExtend<RequestContext>()
    expectTypeOf<RequestContext>().not.toExtend<RequestContext<{ user: string }>>()
    // @ts-expect-error the context has no such key
    const wrong = (given: RequestContext<{ user: string }>) => given.get('name')
    expectTypeOf(wrong).toBeFunction()
  })

  it('must return what its output schema gives', () => {
    createStep({
      id: 'wrong',
      inputSchema: z.number(),
      outputSchema: z.object({ n: z.number() }),
      // @ts-expect-error a text is no number
      execute: async ({ inputData }) => ({ n: String(inputData) }),
    })
    createStep({
      id: 'careless',
      inputSchema: z.number(),
      outputSchema: z.object({ n: z.number() }),
      execute: async ({ suspend }) => {
        const given = await suspend()
        // @ts-expect-error suspend does not wait for data: its value is only there to be returned
        given.n
        return given
      },
    })
  })

  it('can be cloned under another id', () => {
    const again = cloneStep(approve, { id: 'approve-again' })
    expectTypeOf(again.id).toEqualTypeOf<'approve-again'>()
    expectTypeOf<ResumeDataOf<typeof again>>().toEqualTypeOf<ResumeDataOf<typeof approve>>()
  })

  it('lends its schemas to a workflow', () => {
    const workflow = createWorkflow({ id: 'w', inputSchema: price.inputSchema, outputSchema: approve.outputSchema })
      .then(price)
      .then(approve)
      .commit()
    expectTypeOf<InputOf<typeof workflow>>().toEqualTypeOf<{ sku: string }>()
    expectTypeOf<OutputOf<typeof workflow>>().toEqualTypeOf<{ approved: boolean }>()
  })
})
