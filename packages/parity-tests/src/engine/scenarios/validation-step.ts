import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { isWorkflowError, RequestContext } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { fields, number, transform } from '../schemas.js'
import { finish } from './parts/begin.js'
import { checkedStep, checkedWorkflow } from './parts/checked.js'
import { echoes, gives, step, workflow } from './parts/loose.js'
import { withCode } from './parts/refused.js'
import { errorOf, resultOf, statuses, untimed } from './parts/told.js'

const isNumber = (value: unknown): boolean => typeof value === 'number'
const isText = (value: unknown): boolean => typeof value === 'string'

const withAmount = fields<{ amount: number }>({ amount: isNumber })

const issuesOf = ({ cause }: Error): unknown => {
  ok(cause instanceof Error, 'the cause is an Error')
  return (cause as { readonly issues?: unknown }).issues
}

export const validationStepScenarios: readonly Scenario[] = [
  {
    id: 'validation.input-of-a-step',
    shows: ['validation.step-input', 'validation.issues', 'validation.text', 'validation.outputs-unchecked'],
    async play(stage) {
      let ran = 0
      const wrong = checkedStep('wrong', { outputSchema: number() }, () => ({ amount: 'one' }))
      const pays = checkedStep('pays', { inputSchema: withAmount }, () => {
        ran += 1
      })
      const { result } = await finish(stage, workflow('shop').then(wrong).then(pays).then(echoes('after')).commit())
      const error = withCode(errorOf(result), 'WF_STEP_INPUT_INVALID')
      match(error.message, /^Step input validation failed: \n- amount: amount does not fit/)
      deepEqual(issuesOf(error), [{ path: ['amount'], message: 'amount does not fit' }])
      deepEqual([error.workflowId, error.stepId], ['shop', 'pays'])
      deepEqual(statuses(result), { wrong: 'success', pays: 'failed' })
      const { pays: record } = untimed(result.steps) as Record<string, { payload: unknown; error: unknown }>
      deepEqual(record?.payload, { amount: 'one' })
      ok(isWorkflowError(record?.error, 'WF_STEP_INPUT_INVALID'))
      equal(ran, 0)
    },
  },
  {
    id: 'validation.misfit-is-not-retried',
    shows: ['validation.not-retried'],
    async play(stage) {
      let ran = 0
      const schema = fields<{ a: number }>({ a: isNumber })
      const asks = checkedStep('asks', { suspendSchema: schema, stateSchema: schema }, async (context) => {
        ran += 1
        if (context.inputData === 'suspend') return context.suspend({ a: 'x' })
        return context.setState({ a: 'x' })
      })
      const asking = checkedWorkflow('asking', { options: {} }).then(asks).commit()
      const patient = workflow('patient', { retryConfig: { attempts: 3 } })
        .then(asking)
        .then(asks)
        .commit()
      for (const way of ['suspend', 'set'] as const) {
        ran = 0
        const own = workflow(`own-${way}`, { retryConfig: { attempts: 3 } })
          .then(asks)
          .commit()
        errorOf((await finish(stage, own, { inputData: way })).result)
        equal(ran, 1)
      }
      ran = 0
      errorOf((await finish(stage, patient, { inputData: 'suspend' })).result)
      equal(ran, 1)
      const checked = checkedStep('checked', { inputSchema: number(), retries: 3 }, () => {
        ran += 1
      })
      errorOf((await finish(stage, workflow('input').then(checked).commit(), { inputData: 'x' })).result)
      equal(ran, 1)
    },
  },
  {
    id: 'validation.context-of-a-step',
    shows: ['validation.step-context', 'validation.issues'],
    async play(stage) {
      const requestContextSchema = fields<{ user: string }>({ user: isText })
      const sets = step('sets', ({ requestContext }) => void requestContext.set('user', 7))
      const reads = checkedStep('reads', { requestContextSchema })
      const { result } = await finish(stage, workflow('who').then(sets).then(reads).commit(), {
        requestContext: new RequestContext({ user: 'me' }),
      })
      const error = withCode(errorOf(result), 'WF_STEP_REQUEST_CONTEXT_INVALID')
      match(error.message, /^Step request context validation failed: \n- user: user does not fit/)
      deepEqual(issuesOf(error), [{ path: ['user'], message: 'user does not fit' }])
      deepEqual(statuses(result), { sets: 'success', reads: 'failed' })
    },
  },
  {
    id: 'validation.payload-of-a-suspension',
    shows: ['validation.suspend-payload', 'validation.issues'],
    async play(stage) {
      const asks = checkedStep('asks', { suspendSchema: withAmount }, ({ suspend }) => suspend({ amount: 'x' }))
      const { result } = await finish(stage, workflow('asking').then(asks).commit())
      const error = withCode(errorOf(result), 'WF_STEP_SUSPEND_DATA_INVALID')
      match(error.message, /^Step suspend data validation failed: \n- amount: amount does not fit/)
      deepEqual(issuesOf(error), [{ path: ['amount'], message: 'amount does not fit' }])
    },
  },
  {
    id: 'validation.parsed-payload-of-a-suspension',
    shows: ['validation.parsed'],
    async play(stage) {
      const suspendSchema = transform<{ amount: number }, unknown>(({ amount }) => ({ amount, unit: 'eur' }))
      const asks = checkedStep('asks', { suspendSchema }, ({ suspend, suspendData, resumeData }) =>
        resumeData ? suspendData : suspend({ amount: 1 }),
      )
      const { run, result } = await finish(stage, workflow('asking').then(asks).commit())
      deepEqual(result.status === 'suspended' && result.suspendPayload, { asks: { amount: 1, unit: 'eur' } })
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: true }))), { amount: 1, unit: 'eur' })
    },
  },
  {
    id: 'validation.changes-of-state',
    shows: ['validation.set-state', 'validation.issues'],
    async play(stage) {
      const stateSchema = fields<{ left: number }>({ left: isNumber })
      const counts = checkedStep('counts', { stateSchema }, ({ setState }) => setState({ left: 'none' }))
      const { result } = await finish(stage, workflow('counting').then(counts).commit(), {
        initialState: { left: 2 } as never,
        outputOptions: { includeState: true },
      })
      const error = withCode(errorOf(result), 'WF_STEP_STATE_INVALID')
      match(error.message, /^Step state data validation failed: \n- left: left does not fit/)
      deepEqual(issuesOf(error), [{ path: ['left'], message: 'left does not fit' }])
      deepEqual(result.state, { left: 2 })
    },
  },
  {
    id: 'validation.refusals-can-be-caught',
    shows: ['validation.caught', 'validation.set-state'],
    async play(stage) {
      const schema = fields<{ left: number }>({ left: isNumber })
      const tries = checkedStep('tries', { stateSchema: schema, suspendSchema: schema }, async (context) => {
        const refusals = [context.setState({ left: 'none' }), context.suspend({ left: 'none' })]
        const settled = await Promise.allSettled(refusals)
        await context.setState({ left: 1 })
        return settled.map(({ status }) => status)
      })
      const { result } = await finish(stage, workflow('trying').then(tries).commit(), {
        initialState: { left: 2 } as never,
        outputOptions: { includeState: true },
      })
      deepEqual(resultOf(result), ['rejected', 'rejected'])
      deepEqual(result.state, { left: 1 })
    },
  },
  {
    id: 'validation.input-of-a-nested-workflow',
    shows: ['validation.nested-input', 'validation.issues'],
    async play(stage) {
      let ran = 0
      const inner = checkedWorkflow('inner', { inputSchema: withAmount })
        .then(
          step('counts', () => {
            ran += 1
          }),
        )
        .commit()
      const outer = workflow('outer')
        .then(gives('wrong', { amount: 'one' }))
        .then(inner)
        .commit()
      const { result } = await finish(stage, outer)
      const error = withCode(errorOf(result), 'WF_STEP_INPUT_INVALID')
      deepEqual(issuesOf(error), [{ path: ['amount'], message: 'amount does not fit' }])
      equal(error.stepId, 'inner')
      deepEqual(statuses(result), { wrong: 'success', inner: 'failed' })
      equal(ran, 0)
    },
  },
  {
    id: 'validation.parsed-input-of-a-step',
    shows: ['validation.parsed', 'validation.subset'],
    async play(stage) {
      const takes = checkedStep('takes', { inputSchema: withAmount })
      const doubles = checkedStep('doubles', {
        inputSchema: transform<{ amount: number }, number>(({ amount }) => 2 * amount),
      })
      const { result } = await finish(
        stage,
        workflow('sums')
          .then(gives('gives', { amount: 4, rest: 'unknown' }))
          .then(takes)
          .then(doubles)
          .commit(),
      )
      deepEqual(untimed(result.steps), {
        input: undefined,
        gives: { status: 'success', payload: undefined, output: { amount: 4, rest: 'unknown' } },
        takes: { status: 'success', payload: { amount: 4 }, output: { amount: 4 } },
        doubles: { status: 'success', payload: 8, output: 8 },
      })
    },
  },
  {
    id: 'validation.parsed-input-of-a-nested-workflow',
    shows: ['validation.parsed'],
    async play(stage) {
      const inputSchema = transform<number, number>((value) => value + 1)
      const looks = step('looks', ({ inputData, getInitData }) => [inputData, getInitData()])
      const inner = checkedWorkflow('inner', { inputSchema }).then(looks).commit()
      const { result } = await finish(stage, workflow('outer').then(inner).commit(), { inputData: 1 })
      deepEqual(resultOf(result), [2, 2])
      const { inner: record } = untimed(result.steps) as Record<string, { payload: unknown }>
      equal(record?.payload, 2)
    },
  },
  {
    id: 'validation.input-on-a-retry',
    shows: ['validation.parsed-once'],
    async play(stage) {
      let made = 0
      const seen: unknown[] = []
      const inputSchema = transform<unknown, unknown>(() => ({ id: ++made }))
      const named = checkedStep(
        'named',
        { inputSchema, retries: 1 },
        ({ inputData, retryCount, resumeData, suspend }) => {
          seen.push(inputData)
          if (retryCount === 0 && !resumeData) throw new Error('once more')
          return resumeData ? inputData : suspend()
        },
      )
      const { run } = await finish(stage, workflow('naming').then(named).commit())
      const { payload } = (await stage.settle(run.resume({ resumeData: true }))).steps.named as { payload?: unknown }
      equal(seen.length, 3)
      deepEqual(seen, [payload, payload, payload])
    },
  },
  {
    id: 'validation.input-changed-in-place',
    shows: ['validation.parsed-in-place'],
    async play(stage) {
      const inputSchema = transform<{ list: number[] }, unknown>((given) => {
        given.list.push(given.list.length)
        return given
      })
      const seen: unknown[] = []
      const fills = checkedStep('fills', { inputSchema, retries: 1 }, ({ inputData, retryCount }) => {
        seen.push(structuredClone(inputData))
        if (retryCount === 0) throw new Error('once more')
      })
      const { result } = await finish(stage, workflow('filling').then(fills).commit(), { inputData: { list: [] } })
      deepEqual(seen, [{ list: [0] }, { list: [0] }])
      const { fills: record } = untimed(result.steps) as Record<string, { payload: unknown }>
      deepEqual(record?.payload, { list: [0] })
    },
  },
  {
    id: 'validation.default-that-a-body-changes',
    shows: ['validation.own-copy'],
    async play(stage) {
      const shared = { list: [1] }
      const inputSchema = transform<unknown, { list: number[] }>(() => shared)
      const spoils = checkedStep('spoils', { inputSchema }, ({ inputData }) => {
        ;(inputData as { list: number[] }).list.push(2)
      })
      const { result } = await finish(stage, workflow('spoiling').then(spoils).commit())
      equal(result.status, 'success')
      deepEqual(shared, { list: [1] })
      const { spoils: record } = untimed(result.steps) as Record<string, { payload: unknown }>
      deepEqual(record?.payload, { list: [1] })
    },
  },
  {
    id: 'validation.schema-that-throws',
    shows: ['validation.throwing-schema'],
    async play(stage) {
      const broken = transform<unknown, unknown>(() => {
        throw new TypeError('the schema is broken')
      })
      const fragile = workflow('fragile')
        .then(checkedStep('asks', { inputSchema: broken }))
        .commit()
      const error = errorOf((await finish(stage, fragile)).result)
      deepEqual([error.name, error.message], ['TypeError', 'the schema is broken'])
    },
  },
]
