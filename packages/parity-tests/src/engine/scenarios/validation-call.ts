import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { RequestContext, type WorkflowError } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any, fields, number, transform } from '../schemas.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { checkedStep, checkedWorkflow } from './parts/checked.js'
import { step, workflow } from './parts/loose.js'
import { refused } from './parts/refused.js'
import { resultOf } from './parts/told.js'

const isNumber = (value: unknown): boolean => typeof value === 'number'
const isText = (value: unknown): boolean => typeof value === 'string'

const amount = fields<{ amount: number; to: string }>({ amount: isNumber, to: isText })

const issuesOf = ({ cause }: WorkflowError): unknown => {
  ok(cause instanceof Error, 'the cause is an Error')
  return (cause as { readonly issues?: unknown }).issues
}

/** Counts how often its body runs. */
const counting = (ran: { count: number }) =>
  step('counts', ({ inputData }) => {
    ran.count += 1
    return inputData
  })

export const validationCallScenarios: readonly Scenario[] = [
  {
    id: 'validation.input-rejects-the-call',
    shows: ['validation.run-input', 'validation.text', 'validation.issues'],
    async play(stage) {
      const ran = { count: 0 }
      const pays = checkedWorkflow('pays', { inputSchema: amount }).then(counting(ran)).commit()
      const engine = await stage.engine(pays)
      const run = await engine.createRun(pays)
      const error = await refused(stage.settle(run.start({ inputData: { amount: 'much' } })), 'WF_INVALID_INPUT')
      match(error.message, /^Invalid input data: \n- amount: amount does not fit\n- to: to does not fit/)
      deepEqual(issuesOf(error), [
        { path: ['amount'], message: 'amount does not fit' },
        { path: ['to'], message: 'to does not fit' },
      ])
      deepEqual([error.workflowId, error.runId], ['pays', run.runId])
      equal(await run.status(), 'pending')
      const result = await stage.settle(run.start({ inputData: { amount: 1, to: 'you' } }))
      deepEqual(resultOf(result), { amount: 1, to: 'you' })
      equal(ran.count, 1)
    },
  },
  {
    id: 'validation.issue-with-the-whole-value',
    shows: ['validation.text', 'validation.issues'],
    async play(stage) {
      const counts = checkedWorkflow('counts', { inputSchema: number() })
        .then(counting({ count: 0 }))
        .commit()
      const { started } = await begin(stage, counts, { inputData: 'no' })
      const error = await refused(stage.settle(started), 'WF_INVALID_INPUT')
      match(error.message, /^Invalid input data: \n- expected a number, got string/)
      deepEqual(issuesOf(error), [{ path: [], message: 'expected a number, got string' }])
    },
  },
  {
    id: 'validation.state-rejects-the-call',
    shows: ['validation.run-state', 'validation.parsed'],
    async play(stage) {
      const stateSchema = fields<{ left: number }>({ left: isNumber })
      const seen: unknown[] = []
      const looks = step('looks', ({ state }) => void seen.push({ ...state }))
      const counts = checkedWorkflow('counts', { stateSchema }).then(looks).commit()
      const engine = await stage.engine(counts)
      const run = await engine.createRun(counts)
      const error = await refused(stage.settle(run.start({ initialState: { left: '3' } })), 'WF_INVALID_STATE')
      match(error.message, /^Invalid initial data: \n- left: left does not fit/)
      deepEqual(issuesOf(error), [{ path: ['left'], message: 'left does not fit' }])
      await refused(stage.settle(run.start()), 'WF_INVALID_STATE')
      await stage.settle(run.start({ initialState: { left: 3, more: 'dropped' } }))
      deepEqual(seen, [{ left: 3 }])
    },
  },
  {
    id: 'validation.state-that-is-no-object',
    shows: ['validation.run-state'],
    async play(stage) {
      const plain = workflow('plain')
        .then(counting({ count: 0 }))
        .commit()
      const { started } = await begin(stage, plain, { initialState: [1] as never })
      await refused(stage.settle(started), 'WF_INVALID_STATE')
    },
  },
  {
    id: 'validation.context-rejects-the-call',
    shows: ['validation.run-context', 'validation.issues'],
    async play(stage) {
      const ran = { count: 0 }
      const requestContextSchema = fields<{ user: string }>({ user: isText })
      const asks = checkedWorkflow('asks', { requestContextSchema }).then(counting(ran)).commit()
      const engine = await stage.engine(asks)
      const run = await engine.createRun(asks)
      const wrong = run.start({ requestContext: new RequestContext({ user: 7 }) })
      const error = await refused(stage.settle(wrong), 'WF_INVALID_REQUEST_CONTEXT')
      match(error.message, /^Request context validation failed for workflow 'asks': \n- user: user does not fit/)
      deepEqual(issuesOf(error), [{ path: ['user'], message: 'user does not fit' }])
      await refused(stage.settle(run.start()), 'WF_INVALID_REQUEST_CONTEXT')
      const right = run.start({ requestContext: new RequestContext({ user: 'me', more: 1 }) })
      equal((await stage.settle(right)).status, 'success')
      equal(ran.count, 1)
    },
  },
  {
    id: 'validation.first-misfit',
    shows: ['validation.order'],
    async play(stage) {
      const all = checkedWorkflow('all', {
        inputSchema: number(),
        stateSchema: fields<{ left: number }>({ left: isNumber }),
        requestContextSchema: fields<{ user: string }>({ user: isText }),
      })
        .then(counting({ count: 0 }))
        .commit()
      const engine = await stage.engine(all)
      const run = await engine.createRun(all)
      await refused(stage.settle(run.start({ inputData: 'x' })), 'WF_INVALID_INPUT')
      await refused(stage.settle(run.start({ inputData: 1 })), 'WF_INVALID_STATE')
      await refused(stage.settle(run.start({ inputData: 1, initialState: { left: 1 } })), 'WF_INVALID_REQUEST_CONTEXT')
    },
  },
  {
    id: 'validation.resume-data-rejects-the-call',
    shows: ['validation.resume-data', 'validation.issues'],
    async play(stage) {
      const legs: unknown[] = []
      const resumeSchema = fields<{ ok: boolean }>({ ok: (value) => typeof value === 'boolean' })
      const approves = checkedStep('approves', { resumeSchema }, ({ resumeData, suspend }) => {
        legs.push(resumeData)
        return resumeData ?? suspend()
      })
      const { engine, run } = await finish(stage, workflow('asks').then(approves).commit())
      const there = await elsewhere(stage, engine, run)
      const error = await refused(
        stage.settle(there.run.resume({ resumeData: { ok: 'yes' } })),
        'WF_INVALID_RESUME_DATA',
      )
      match(error.message, /^Invalid resume data: \n- ok: ok does not fit/)
      deepEqual(issuesOf(error), [{ path: ['ok'], message: 'ok does not fit' }])
      equal(error.stepId, 'approves')
      equal(await there.run.status(), 'suspended')
      const result = await stage.settle(there.run.resume({ resumeData: { ok: true, extra: 1 } }))
      deepEqual(resultOf(result), { ok: true })
      deepEqual(legs, [undefined, { ok: true }])
    },
  },
  {
    id: 'validation.resume-defaults',
    shows: ['validation.parsed', 'validation.parsed-once'],
    async play(stage) {
      let made = 0
      const resumeSchema = transform<{ by?: string }, unknown>((given) => ({ by: 'nobody', n: ++made, ...given }))
      const approves = checkedStep('approves', { resumeSchema, retries: 1 }, ({ resumeData, retryCount, suspend }) => {
        if (!resumeData) return suspend()
        if (retryCount === 0) throw new Error('once more')
        return resumeData
      })
      const { run } = await finish(stage, workflow('asks').then(approves).commit())
      const result = await stage.settle(run.resume({ resumeData: {} }))
      deepEqual(resultOf(result), { by: 'nobody', n: 1 })
      const { approves: record } = result.steps as Record<string, { readonly resumePayload?: unknown }>
      deepEqual(record?.resumePayload, { by: 'nobody', n: 1 })
      equal(made, 1)
    },
  },
  {
    id: 'validation.input-defaults',
    shows: ['validation.parsed', 'validation.parsed-once'],
    async play(stage) {
      let made = 0
      const inputSchema = transform<object, unknown>((given) => ({ ...given, id: ++made }))
      const looks = step('looks', ({ inputData, getInitData }) => [inputData, getInitData()])
      const named = checkedWorkflow('named', { inputSchema }).then(looks).commit()
      const { result } = await finish(stage, named, { inputData: { a: 1 } })
      deepEqual(resultOf(result), [
        { a: 1, id: 1 },
        { a: 1, id: 1 },
      ])
      deepEqual(
        [result.input, result.steps.input],
        [
          { a: 1, id: 1 },
          { a: 1, id: 1 },
        ],
      )
      equal(made, 1)
    },
  },
  {
    id: 'validation.state-defaults-without-a-state',
    shows: ['validation.parsed'],
    async play(stage) {
      const stateSchema = transform<object, unknown>((given) => ({ tries: 0, ...given }))
      const looks = step('looks', ({ state }) => ({ ...state }))
      const counts = checkedWorkflow('counts', { stateSchema }).then(looks).commit()
      const { result } = await finish(stage, counts, { outputOptions: { includeState: true } })
      deepEqual(resultOf(result), { tries: 0 })
      deepEqual(result.state, { tries: 0 })
    },
  },
  {
    id: 'validation.schemas-that-wait',
    shows: ['validation.waiting-schema'],
    async play(stage) {
      const waits = (change: (value: unknown) => unknown) => ({
        '~standard': {
          version: 1 as const,
          vendor: 'wf-parity-tests',
          validate: async (value: unknown) =>
            value === 'bad' ? { issues: [{ message: 'bad' }] } : { value: change(value) },
        },
      })
      const trims = checkedStep('trims', { inputSchema: waits((value) => `${value}!`), outputSchema: any() })
      const slow = checkedWorkflow('slow', { inputSchema: waits((value) => `${value}?`) })
        .then(trims)
        .commit()
      const { engine, result } = await finish(stage, slow, { inputData: 'hey' })
      equal(resultOf(result), 'hey?!')
      const run = await engine.createRun(slow)
      await refused(stage.settle(run.start({ inputData: 'bad' })), 'WF_INVALID_INPUT')
    },
  },
]
