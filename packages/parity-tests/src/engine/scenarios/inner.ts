import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { transform } from '../schemas.js'
import { finish } from './parts/begin.js'
import { checkedWorkflow } from './parts/checked.js'
import { adds, bails, echoes, fails, gives, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told, untimed } from './parts/told.js'

/** Tells what a step knows of its surroundings. */
const surroundings = <const Id extends string>(id: Id) =>
  step(id, ({ runId, workflowId, inputData, getInitData }) => ({ runId, workflowId, inputData, init: getInitData() }))

export const innerScenarios: readonly Scenario[] = [
  {
    id: 'inner.three-levels',
    shows: ['inner.result', 'inner.record'],
    async play(stage) {
      const inner = workflow('inner').then(adds('a', 1)).then(adds('b', 10)).commit()
      const middle = workflow('middle').then(adds('c', 100)).then(inner).commit()
      const outer = workflow('outer').then(middle).then(adds('d', 1_000)).commit()
      const { result } = await finish(stage, outer, { inputData: 0 })
      deepEqual(told(result), {
        status: 'success',
        result: 1_111,
        input: 0,
        stepExecutionPath: ['middle', 'd'],
        steps: {
          input: 0,
          middle: { status: 'success', payload: 0, output: 111 },
          d: { status: 'success', payload: 111, output: 1_111 },
        },
      })
    },
  },
  {
    id: 'inner.failure-three-levels-deep',
    shows: ['inner.failure', 'inner.record'],
    async play(stage) {
      const fault = Object.assign(new RangeError('out of stock', { cause: new Error('nothing left') }), {
        code: 'E_STOCK',
        missing: { apples: 3 },
      })
      const breaks = step('breaks', () => {
        throw fault
      })
      const inner = workflow('inner').then(echoes('before')).then(breaks).then(fails('never')).commit()
      const middle = workflow('middle').then(inner).then(fails('never')).commit()
      const outer = workflow('outer').then(middle).then(fails('never')).commit()
      const { result } = await finish(stage, outer, { inputData: 1 })
      const error = errorOf(result)
      deepEqual(
        [error.name, error.message, { ...error }, (error.cause as Error).message],
        ['RangeError', 'out of stock', { code: 'E_STOCK', missing: { apples: 3 } }, 'nothing left'],
      )
      deepEqual(untimed(result.steps), { input: 1, middle: { status: 'failed', payload: 1, error } })
    },
  },
  {
    id: 'inner.who-am-i',
    shows: ['inner.identity', 'inner.init-data'],
    async play(stage) {
      const inner = workflow('inner').then(gives('i', 'I')).then(surroundings('deep')).commit()
      const middle = workflow('middle').then(gives('m', 'M')).then(inner).commit()
      const outer = workflow('outer')
        .then(middle)
        .then(
          step('both', ({ inputData, runId, workflowId, getInitData }) => [
            inputData,
            runId,
            workflowId,
            getInitData(),
          ]),
        )
        .commit()
      const { result, run } = await finish(stage, outer, { inputData: 'O' })
      const { runId } = run
      deepEqual(resultOf(result), [{ runId, workflowId: 'inner', inputData: 'I', init: 'M' }, runId, 'outer', 'O'])
    },
  },
  {
    id: 'inner.results-of-the-own-workflow',
    shows: ['inner.step-results', 'inner.same-ids'],
    async play(stage) {
      const looks = <const Id extends string>(id: Id) =>
        step(id, ({ getStepResult }) => ['outside', 'inside', 'same'].map((name) => getStepResult(name)))
      const inner = workflow('inner')
        .then(step('early', ({ getStepResult }) => getStepResult('same')))
        .then(gives('inside', 'i'))
        .then(gives('same', 'inner same'))
        .then(looks('look'))
        .map(({ inputData, getStepResult }) => [getStepResult('early'), inputData])
        .commit()
      const outer = workflow('outer')
        .then(gives('outside', 'o'))
        .then(gives('same', 'outer same'))
        .then(inner)
        .then(looks('look'))
        .map(({ inputData, getStepResult }) => [getStepResult(inner), inputData])
        .commit()
      deepEqual(resultOf((await finish(stage, outer)).result), [
        [null, [null, 'i', 'inner same']],
        ['o', null, 'outer same'],
      ])
    },
  },
  {
    id: 'inner.same-ids-inside-and-outside',
    shows: ['inner.same-ids', 'inner.record'],
    async play(stage) {
      const inner = workflow('inner').then(adds('a', 1)).then(adds('b', 1)).commit()
      const outer = workflow('outer').then(adds('a', 10)).then(inner).then(adds('b', 100)).commit()
      const { result } = await finish(stage, outer, { inputData: 0 })
      deepEqual(untimed(result.steps), {
        input: 0,
        a: { status: 'success', payload: 0, output: 10 },
        inner: { status: 'success', payload: 10, output: 12 },
        b: { status: 'success', payload: 12, output: 112 },
      })
    },
  },
  {
    id: 'inner.default-and-transformed-input',
    shows: ['inner.input-schema', 'inner.init-data'],
    async play(stage) {
      let parsed = 0
      const inputSchema = transform((given: { readonly count?: number }) => {
        parsed += 1
        return { count: (given.count ?? 5) * 2 }
      })
      const looks = <const Id extends string>(id: Id) =>
        step(id, ({ inputData, getInitData }) => [inputData, getInitData()])
      const inner = checkedWorkflow('inner', { inputSchema }).then(looks('first')).then(looks('second')).commit()
      const outer = workflow('outer').then(gives('empty', {})).then(inner).commit()
      deepEqual(resultOf((await finish(stage, outer)).result), [[{ count: 10 }, { count: 10 }], { count: 10 }])
      equal(parsed, 1)
    },
  },
  {
    id: 'inner.state-in-and-out',
    shows: ['inner.state-in', 'inner.state-out'],
    async play(stage) {
      const marks = <const Id extends string>(id: Id) =>
        step(id, async ({ state, setState }) => {
          const seen = { ...state }
          await setState({ [id]: true, last: id })
          return seen
        })
      const inner = workflow('inner')
        .then(marks('inside'))
        .map(({ inputData, state }) => [inputData, { ...state }])
        .commit()
      const outer = workflow('outer')
        .then(marks('before'))
        .then(workflow('middle').then(inner).commit())
        .map(({ inputData, state }) => [inputData, { ...state }])
        .commit()
      const { result } = await finish(stage, outer, {
        initialState: { begun: 1 },
        outputOptions: { includeState: true },
      })
      const before = { begun: 1, before: true, last: 'before' }
      const inside = { begun: 1, before: true, inside: true, last: 'inside' }
      deepEqual(resultOf(result), [[before, inside], inside])
      deepEqual(result.state, inside)
    },
  },
  {
    id: 'inner.bail-three-levels-deep',
    shows: ['inner.bail', 'inner.record'],
    async play(stage) {
      const inner = workflow('inner').then(bails('stop', 'early')).then(fails('never')).commit()
      const middle = workflow('middle')
        .then(inner)
        .then(step('goes', ({ inputData }) => `${inputData}, on`))
        .commit()
      const outer = workflow('outer').then(middle).then(echoes('after')).commit()
      const { result } = await finish(stage, outer, { inputData: 1 })
      equal(resultOf(result), 'early, on')
      deepEqual(statuses(result), { middle: 'success', after: 'success' })
    },
  },
  {
    id: 'inner.policy-of-its-own',
    shows: ['inner.retries'],
    async play(stage) {
      const calls: string[] = []
      const counts = step('counts', () => calls.push('counts'))
      const flaky = step('flaky', ({ retryCount }) => {
        calls.push(`flaky ${retryCount}`)
        throw new Error(`attempt ${retryCount}`)
      })
      const inner = workflow('inner', { retryConfig: { attempts: 2 } })
        .then(counts)
        .then(flaky)
        .commit()
      const outer = workflow('outer', { retryConfig: { attempts: 3 } })
        .then(inner)
        .commit()
      const { result } = await finish(stage, outer)
      equal(errorOf(result).message, 'attempt 2')
      deepEqual(calls, ['counts', 'flaky 0', 'flaky 1', 'flaky 2'])
      ok(result.steps && statuses(result).inner === 'failed')
    },
  },
]
