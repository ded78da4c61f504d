import { deepEqual, equal, match } from 'node:assert/strict'
import { NonRetryableError, TripWire } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { transform } from '../schemas.js'
import { elsewhere, finish } from './parts/begin.js'
import { checkedStep } from './parts/checked.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { refused, withCode } from './parts/refused.js'
import { errorOf, resultOf, statuses, told } from './parts/told.js'

/** A step that counts how often it throws what it is given. */
function throwing(thrown: unknown) {
  const times = { count: 0 }
  const throws = step(
    'throws',
    () => {
      times.count += 1
      throw thrown
    },
    { retries: 3 },
  )
  return { throws, times }
}

const deep = (levels: number): unknown => {
  let value: unknown = null
  for (let level = 0; level < levels; level += 1) value = { value }
  return value
}

export const errorEndScenarios: readonly Scenario[] = [
  {
    id: 'error.not-to-be-retried',
    shows: ['error.non-retryable'],
    async play(stage) {
      for (const message of ['stop', '']) {
        const { throws, times } = throwing(new NonRetryableError(message))
        const { result } = await finish(stage, workflow(`final-${message}`).then(throws).commit())
        const error = errorOf(result)
        deepEqual([error.name, error.message], ['NonRetryableError', message])
        equal(times.count, 1)
        const { throws: record } = told(result).steps as Record<string, unknown>
        deepEqual(record, { status: 'failed', payload: undefined, error, nonRetryable: true })
      }
    },
  },
  {
    id: 'error.marked-as-not-to-be-retried',
    shows: ['error.non-retryable-mark'],
    async play(stage) {
      const marked = [Object.assign(new Error('marked'), { nonRetryable: true }), { nonRetryable: true }]
      for (const [index, thrown] of marked.entries()) {
        const { throws, times } = throwing(thrown)
        const { result } = await finish(stage, workflow(`final-${index}`).then(throws).commit())
        errorOf(result)
        equal(times.count, 1)
        const { throws: record } = result.steps as Record<string, { readonly nonRetryable?: boolean }>
        equal(record?.nonRetryable, true)
      }
    },
  },
  {
    id: 'error.not-to-be-retried-in-a-nested-workflow',
    shows: ['error.non-retryable'],
    async play(stage) {
      const { throws, times } = throwing(new NonRetryableError('stop'))
      const inner = workflow('inner', { retryConfig: { attempts: 2 } })
        .then(throws)
        .commit()
      const outer = workflow('outer', { retryConfig: { attempts: 2 } })
        .then(inner)
        .commit()
      const { result } = await finish(stage, outer)
      equal(errorOf(result).name, 'NonRetryableError')
      equal(times.count, 1)
      const { inner: record } = result.steps as Record<string, { readonly nonRetryable?: boolean }>
      equal(record?.nonRetryable, true)
    },
  },
  {
    id: 'error.trip-wire',
    shows: ['error.tripwire'],
    async play(stage) {
      const options = { retry: true, metadata: { rule: 7 } }
      const { throws, times } = throwing(new TripWire('not allowed', options, 'guard'))
      const { engine, run, result } = await finish(
        stage,
        workflow('guarded').then(throws).then(echoes('after')).commit(),
      )
      const tripwire = { reason: 'not allowed', ...options, processorId: 'guard' }
      equal(times.count, 1)
      const there = await elsewhere(stage, engine, run)
      for (const seen of [result, await stage.settle(there.run.result())]) {
        const { steps, ...fields } = told(seen)
        deepEqual(fields, { status: 'tripwire', tripwire, input: undefined, stepExecutionPath: ['throws'] })
        const { throws: record } = steps as Record<string, Record<string, unknown>>
        deepEqual([record?.status, record?.tripwire], ['failed', tripwire])
      }
    },
  },
  {
    id: 'error.trip-wire-in-a-nested-workflow',
    shows: ['error.tripwire-nested'],
    async play(stage) {
      const { throws } = throwing(new TripWire('not allowed'))
      const inner = workflow('inner').then(throws).commit()
      const { result } = await finish(stage, workflow('outer').then(inner).then(echoes('after')).commit())
      deepEqual(result.status === 'tripwire' && result.tripwire, { reason: 'not allowed' })
      deepEqual(statuses(result), { inner: 'failed' })
    },
  },
  {
    id: 'error.output-with-a-function',
    shows: ['error.output-cannot-cross'],
    async play(stage) {
      const gives = step('gives', () => ({ list: [1, { call: () => 1 }] }))
      const { result } = await finish(stage, workflow('giving').then(gives).then(echoes('after')).commit())
      const error = withCode(errorOf(result), 'WF_NOT_SERIALIZABLE')
      equal(error.stepId, 'gives')
      match(`${error.message} ${error.field}`, /list.*1.*call/)
      deepEqual(statuses(result), { gives: 'failed' })
    },
  },
  {
    id: 'error.outputs-of-all-kinds-that-cannot-cross',
    shows: ['error.output-cannot-cross'],
    async play(stage) {
      class Account {
        readonly balance = 1
      }
      const bad = [() => 1, Symbol('s'), new Account(), new WeakMap(), Promise.resolve(1), { [Symbol('key')]: 1 }]
      for (const [index, output] of bad.entries()) {
        const gives = step('gives', () => [output])
        const { result } = await finish(stage, workflow(`giving-${index}`).then(gives).commit())
        withCode(errorOf(result), 'WF_NOT_SERIALIZABLE')
      }
    },
  },
  {
    id: 'error.values-that-are-too-deep',
    shows: ['error.too-deep'],
    async play(stage) {
      const gives = step('gives', () => deep(5_000))
      const { engine, run, result } = await finish(stage, workflow('deep').then(gives).commit())
      withCode(errorOf(result), 'WF_LIMIT')
      const another = await engine.createRun(run.workflow)
      await refused(stage.settle(another.start({ inputData: deep(5_000) })), 'WF_LIMIT')
    },
  },
  {
    id: 'error.input-with-a-function',
    shows: ['error.input-cannot-cross'],
    async play(stage) {
      const echo = workflow('echo').then(echoes('echo')).commit()
      const engine = await stage.engine(echo)
      const run = await engine.createRun(echo)
      const error = await refused(stage.settle(run.start({ inputData: { call: () => 1 } })), 'WF_NOT_SERIALIZABLE')
      match(`${error.message} ${error.field}`, /input.*call/)
      equal(error.workflowId, 'echo')
      await refused(stage.settle(run.start({ initialState: { f: () => 1 } })), 'WF_NOT_SERIALIZABLE')
      await refused(stage.settle(run.start({ requestContext: { f: () => 1 } })), 'WF_NOT_SERIALIZABLE')
      equal(await run.status(), 'pending')
      equal(resultOf(await stage.settle(run.start({ inputData: 1 }))), 1)
    },
  },
  {
    id: 'error.resume-data-with-a-function',
    shows: ['error.resume-data-cannot-cross'],
    async play(stage) {
      const { run } = await finish(stage, workflow('asking').then(asks('asks')).commit())
      await refused(stage.settle(run.resume({ resumeData: { call: () => 1 } })), 'WF_NOT_SERIALIZABLE')
      equal(await run.status(), 'suspended')
      equal(resultOf(await stage.settle(run.resume({ resumeData: 1 }))), 1)
    },
  },
  {
    id: 'error.schema-that-makes-a-function',
    shows: ['error.parsed-cannot-cross'],
    async play(stage) {
      let ran = 0
      const inputSchema = transform<unknown, unknown>(() => ({ call: () => 1 }))
      const takes = checkedStep('takes', { inputSchema }, () => {
        ran += 1
      })
      const { result } = await finish(stage, workflow('taking').then(takes).commit())
      const error = withCode(errorOf(result), 'WF_NOT_SERIALIZABLE')
      equal(error.stepId, 'takes')
      equal(ran, 0)
    },
  },
  {
    id: 'error.changes-with-a-function',
    shows: ['error.changes-cannot-cross'],
    async play(stage) {
      const bad = { call: () => 1 }
      const bodies = [
        step('sets', ({ setState }) => setState(bad)),
        step('sets', ({ requestContext }) => void requestContext.set('bad', bad)),
        step('sets', ({ suspend }) => suspend(bad)),
        step('sets', ({ bail }) => bail(bad)),
      ]
      for (const [index, body] of bodies.entries()) {
        const { result } = await finish(stage, workflow(`setting-${index}`).then(body).commit(), {
          outputOptions: { includeState: true },
        })
        equal(withCode(errorOf(result), 'WF_NOT_SERIALIZABLE').stepId, 'sets')
        deepEqual(result.state, {})
      }
    },
  },
]
