import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { isWorkflowError, RequestContext } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { HOUR, lasted, MINUTE } from './parts/hours.js'
import { echoes, gives, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told } from './parts/told.js'

const ignoresType = <Value>(value: unknown): Value => value as Value

export const sleepScenarios: readonly Scenario[] = [
  {
    id: 'sleep.one-hour',
    shows: ['sleep.duration', 'sleep.passes-input', 'sleep.record', 'sleep.ids'],
    async play(stage) {
      const sleeping = workflow('sleeping')
        .then(gives('before', { a: 1 }))
        .sleep(HOUR)
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, sleeping)
      deepEqual(told(result), {
        status: 'success',
        result: { a: 1 },
        input: undefined,
        stepExecutionPath: ['before', 'sleep_sleeping_0', 'after'],
        steps: {
          input: undefined,
          before: { status: 'success', payload: undefined, output: { a: 1 } },
          sleep_sleeping_0: { status: 'success', payload: { a: 1 }, output: { a: 1 } },
          after: { status: 'success', payload: { a: 1 }, output: { a: 1 } },
        },
      })
      const { sleep_sleeping_0: sleep, after } = result.steps
      lasted(sleep, HOUR)
      ok((after?.startedAt ?? 0) >= (sleep?.endedAt ?? Number.POSITIVE_INFINITY))
    },
  },
  {
    id: 'sleep.to-the-millisecond',
    shows: ['sleep.sub-second', 'sleep.duration'],
    async play(stage) {
      const sleeping = workflow('sleeping').sleep(1).sleep(250).sleep(999).commit()
      const { result } = await finish(stage, sleeping)
      const { sleep_sleeping_0: one, sleep_sleeping_1: quarter, sleep_sleeping_2: almost } = result.steps
      for (const [record, ms] of [
        [one, 1],
        [quarter, 250],
        [almost, 999],
      ] as const)
        lasted(record, ms)
    },
  },
  {
    id: 'sleep.until-a-date',
    shows: ['sleep.until', 'sleep.ids', 'sleep.passes-input'],
    async play(stage) {
      const date = new Date(stage.clock.now() + 3 * HOUR)
      const sleeping = workflow('sleeping')
        .sleepUntil(date, { id: 'until' })
        .sleepUntil(() => date)
        .commit()
      const { result } = await finish(stage, sleeping, { inputData: 'through' })
      equal(resultOf(result), 'through')
      deepEqual(statuses(result), { until: 'success', sleep_sleeping_1: 'success' })
      const { endedAt } = result.steps.until as { readonly endedAt: number }
      ok(endedAt >= date.getTime() && endedAt < date.getTime() + MINUTE)
      lasted(result.steps.sleep_sleeping_1, 0)
    },
  },
  {
    id: 'sleep.computed',
    shows: ['sleep.function', 'sleep.function-context', 'sleep.function-once'],
    async play(stage) {
      const seen: unknown[] = []
      const base = stage.clock.now()
      const sleeping = workflow('sleeping')
        .then(gives('hours', 2))
        .sleep(async ({ inputData, state, requestContext, retryCount, getInitData, getStepResult }) => {
          seen.push([state, requestContext.get('tenant'), retryCount, getInitData(), getStepResult('hours')])
          return Number(inputData) * HOUR
        })
        .sleepUntil(async ({ inputData }) => {
          seen.push('until')
          return new Date(base + 3 * Number(inputData) * HOUR)
        })
        .commit()
      const { result } = await finish(stage, sleeping, {
        inputData: 'start',
        initialState: { colour: 'red' },
        requestContext: new RequestContext().set('tenant', 'acme'),
      })
      equal(resultOf(result), 2)
      lasted(result.steps.sleep_sleeping_0, 2 * HOUR)
      lasted(result.steps.sleep_sleeping_1, 4 * HOUR - MINUTE, 2 * MINUTE)
      deepEqual(seen, [[{ colour: 'red' }, 'acme', -1, 'start', 2], 'until'])
    },
  },
  {
    id: 'sleep.nothing-to-wait-for',
    shows: ['sleep.negative'],
    async play(stage) {
      const past = new Date(stage.clock.now() - HOUR)
      const sleeping = workflow('sleeping')
        .sleep(0)
        .sleep(-HOUR)
        .sleep(() => -HOUR)
        .sleepUntil(past)
        .sleepUntil(() => past)
        .commit()
      const { result } = await finish(stage, sleeping, { inputData: 1 })
      equal(resultOf(result), 1)
      for (const place of [0, 1, 2, 3, 4]) lasted(Reflect.get(result.steps, `sleep_sleeping_${place}`), 0)
    },
  },
  {
    id: 'sleep.throwing-function',
    shows: ['sleep.throws'],
    async play(stage) {
      const thrower = () => {
        throw new RangeError('no time')
      }
      for (const broken of [
        workflow('broken').sleep(thrower, { id: 'nap' }).then(echoes('after')).commit(),
        workflow('broken').sleepUntil(thrower, { id: 'nap' }).then(echoes('after')).commit(),
      ]) {
        const { result } = await finish(stage, broken)
        const error = errorOf(result)
        ok(isWorkflowError(error, 'WF_STEP_FUNCTION'))
        for (const part of ['"nap"', '"broken"', 'no time']) ok(error.message.includes(part), error.message)
        ok(error.cause instanceof RangeError)
        deepEqual(statuses(result), { nap: 'failed' })
      }
    },
  },
  {
    id: 'sleep.wrong-answers',
    shows: ['sleep.invalid'],
    async play(stage) {
      const durations = ['1000', undefined, null, Number.NaN, new Date()].map((answer, index) =>
        workflow(`wrong-duration-${index}`).sleep(() => ignoresType(answer), { id: 'nap' }),
      )
      const dates = [1_000, undefined, '2031-01-01', new Date('never')].map((answer, index) =>
        workflow(`wrong-date-${index}`).sleepUntil(() => ignoresType(answer), { id: 'nap' }),
      )
      for (const flow of [...durations, ...dates]) {
        const { result } = await finish(stage, flow.then(echoes('after')).commit())
        const error = errorOf(result)
        ok(isWorkflowError(error, 'WF_STEP_FUNCTION'))
        ok(error.message.includes('"nap"'), error.message)
        deepEqual(statuses(result), { nap: 'failed' })
      }
    },
  },
  {
    id: 'sleep.wrong-definitions',
    shows: ['sleep.definition'],
    async play() {
      const isRefused = (error: unknown) => isWorkflowError(error, 'WF_INVALID_OPTION')
      for (const duration of ['1000', undefined, Number.NaN]) {
        throws(() => workflow('wrong').sleep(ignoresType(duration)), isRefused)
      }
      for (const date of [1_000, '2031-01-01', new Date('never')]) {
        throws(() => workflow('wrong').sleepUntil(ignoresType(date)), isRefused)
      }
    },
  },
  {
    id: 'sleep.two-years',
    shows: ['sleep.long'],
    async play(stage) {
      const year = 365 * 24 * HOUR
      const date = new Date(stage.clock.now() + 2 * year)
      const sleeping = workflow('sleeping').sleep(year, { id: 'first' }).sleepUntil(date, { id: 'second' }).commit()
      const { result } = await finish(stage, sleeping)
      lasted(result.steps.first, year, HOUR)
      lasted(result.steps.second, year - HOUR, 2 * HOUR)
    },
  },
  {
    id: 'sleep.in-a-dountil',
    shows: ['sleep.in-a-loop'],
    async play(stage) {
      const begins: number[] = []
      const body = step('body', () => {
        begins.push(stage.clock.now())
      })
      const looping = workflow('looping')
        .dountil(
          (flow) => flow.then(body).sleep(HOUR),
          ({ iterationCount }) => iterationCount === 3,
        )
        .commit()
      const { result } = await finish(stage, looping)
      equal(result.status, 'success')
      const [first = 0, second = 0, third = 0] = begins
      ok(second - first >= HOUR && third - second >= HOUR)
      lasted(result.steps.sleep_looping_0, HOUR)
    },
  },
]
