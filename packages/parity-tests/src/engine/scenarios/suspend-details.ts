import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createStep, isWorkflowError, RequestContext } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any, fields, transform } from '../schemas.js'
import { elsewhere, finish } from './parts/begin.js'
import { asks, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, suspendedIn, told, untimed } from './parts/told.js'

const isNumber = (value: unknown): boolean => typeof value === 'number'

/** Suspends with a payload for which it has a schema. */
const typed = (payload: unknown) =>
  createStep({
    id: 'typed',
    inputSchema: any(),
    outputSchema: any(),
    suspendSchema: fields<{ amount: number }>({ amount: isNumber }),
    execute: ({ suspend }) => suspend(payload as { amount: number }),
  })

/** `outer` around `middle` around `inner` around a step that asks. */
const threeDeep = () => {
  const inner = workflow('inner').then(asks('leaf')).commit()
  const middle = workflow('middle').then(inner).commit()
  return workflow('outer').then(middle).commit()
}

/** Suspends under the labels given. */
const labelled = (id: string, resumeLabel: string | readonly string[]) =>
  step(id, ({ resumeData, suspend }) => resumeData ?? suspend({ of: id }, { resumeLabel }))

export const suspendDetailScenarios: readonly Scenario[] = [
  {
    id: 'suspend.parsed-payload',
    shows: ['suspend.schema'],
    async play(stage) {
      const { result } = await finish(
        stage,
        workflow('exact')
          .then(typed({ amount: 1, more: 2 }))
          .commit(),
      )
      deepEqual(result.status === 'suspended' && result.suspendPayload, { typed: { amount: 1 } })
      const wait = createStep({
        id: 'wait',
        inputSchema: any(),
        outputSchema: any(),
        suspendSchema: transform<{ n: number }, { n: number; twice: number }>(({ n }) => ({ n, twice: 2 * n })),
        execute: ({ suspendData, resumeData, suspend }) =>
          resumeData ? suspendData : suspend({ n: 2 } as { n: number; twice: number }),
      })
      const { run } = await finish(stage, workflow('changed').then(wait).commit())
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 1 }))), { n: 2, twice: 4 })
    },
  },
  {
    id: 'suspend.payload-that-does-not-fit',
    shows: ['suspend.schema-misfit'],
    async play(stage) {
      const { result } = await finish(
        stage,
        workflow('misfit')
          .then(typed({ amount: 'much' }))
          .commit(),
      )
      const error = errorOf(result)
      ok(isWorkflowError(error, 'WF_STEP_SUSPEND_DATA_INVALID'))
      match(error.message, /^Step suspend data validation failed: \n- amount: amount does not fit/)
      equal(error.stepId, 'typed')
      deepEqual((error.cause as { readonly issues?: unknown }).issues, [
        { path: ['amount'], message: 'amount does not fit' },
      ])
    },
  },
  {
    id: 'suspend.unchecked-payload',
    shows: ['suspend.schema-off'],
    async play(stage) {
      const flow = workflow('unchecked', { options: { validateInputs: false } })
      const { result } = await finish(stage, flow.then(typed({ amount: 'much' })).commit())
      deepEqual(result.status === 'suspended' && result.suspendPayload, { typed: { amount: 'much' } })
    },
  },
  {
    id: 'suspend.one-label-or-several',
    shows: ['suspend.labels'],
    async play(stage) {
      const flow = workflow('labels')
        .parallel([labelled('one', 'first'), labelled('more', ['second', 'third'])])
        .commit()
      const { result } = await finish(stage, flow)
      deepEqual(told(result).resumeLabels, {
        first: { stepId: 'one' },
        second: { stepId: 'more' },
        third: { stepId: 'more' },
      })
    },
  },
  {
    id: 'suspend.labels-of-nested-steps',
    shows: ['suspend.labels'],
    async play(stage) {
      const inner = workflow('inner').then(labelled('leaf', 'deep')).commit()
      const { result } = await finish(stage, workflow('outer').then(inner).commit())
      deepEqual(told(result).resumeLabels, { deep: { stepId: 'inner' } })
    },
  },
  {
    id: 'suspend.labels-that-remain',
    shows: ['suspend.labels-used', 'suspend.labels-asked-for'],
    async play(stage) {
      const flow = workflow('labels')
        .parallel([labelled('one', 'first'), labelled('more', 'second')])
        .commit()
      const { run } = await finish(stage, flow)
      const half = await stage.settle(run.resume({ label: 'first', resumeData: 1 }))
      deepEqual(told(half).resumeLabels, { second: { stepId: 'more' } })
      const bare = await finish(stage, workflow('bare').then(asks('wait')).commit(), {
        outputOptions: { includeResumeLabels: true },
      })
      deepEqual(told(bare.result).resumeLabels, {})
    },
  },
  {
    id: 'suspend.three-levels-deep',
    shows: ['suspend.nested-path', 'suspend.nested-record'],
    async play(stage) {
      const { result, run, engine } = await finish(stage, threeDeep(), { inputData: 1 })
      deepEqual(told(result), {
        status: 'suspended',
        suspended: [['middle', 'inner', 'leaf']],
        suspendPayload: { middle: { ask: 'leaf' } },
        input: 1,
        stepExecutionPath: ['middle'],
        steps: {
          input: 1,
          middle: { status: 'suspended', payload: 1, suspendPayload: { ask: 'leaf' } },
        },
      })
      const there = await elsewhere(stage, engine, run)
      const [path] = suspendedIn(result)
      const done = await stage.settle(there.run.resume({ step: path ?? [], resumeData: 'up' }))
      deepEqual(told(done), {
        status: 'success',
        result: 'up',
        input: 1,
        stepExecutionPath: ['middle'],
        steps: { input: 1, middle: { status: 'success', payload: 1, resumePayload: 'up', output: 'up' } },
      })
    },
  },
  {
    id: 'suspend.after-setting-state',
    shows: ['suspend.state', 'suspend.context'],
    async play(stage) {
      const wait = step('wait', async ({ state, setState, requestContext, resumeData, suspend }) => {
        if (resumeData) return { state, kept: requestContext.get('kept'), gone: requestContext.has('gone') }
        await setState({ asked: true })
        requestContext.set('kept', 'yes')
        requestContext.delete('gone')
        return suspend()
      })
      const { engine, run } = await finish(stage, workflow('stateful').then(wait).commit(), {
        initialState: { first: 1 },
        requestContext: new RequestContext({ gone: 1 }),
      })
      const there = await elsewhere(stage, engine, run)
      const result = await stage.settle(there.run.resume({ resumeData: 1 }))
      deepEqual(resultOf(result), { state: { first: 1, asked: true }, kept: 'yes', gone: false })
    },
  },
  {
    id: 'suspend.in-a-map',
    shows: ['suspend.map'],
    async play(stage) {
      const flow = workflow('mapped')
        .map(({ resumeData, suspend }) => (resumeData ?? suspend({ ask: 'map' })) as unknown, { id: 'ask' })
        .commit()
      const { result, run } = await finish(stage, flow, { inputData: 1 })
      deepEqual(suspendedIn(result), [['ask']])
      const done = await stage.settle(run.resume({ step: 'ask', resumeData: 'mapped' }))
      equal(resultOf(done), 'mapped')
      deepEqual(untimed(done.steps).ask, {
        status: 'success',
        payload: 1,
        resumePayload: 'mapped',
        output: 'mapped',
      })
    },
  },
]
