import { deepEqual, equal, ok } from 'node:assert/strict'
import { isWorkflowError } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { adds, echoes, fails, gives, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told, untimed } from './parts/told.js'

const isBelow = (limit: number) => (context: { readonly inputData: unknown }) => Number(context.inputData) < limit

export const loopScenarios: readonly Scenario[] = [
  {
    id: 'loop.while-below',
    shows: ['loop.dowhile', 'loop.input', 'loop.record'],
    async play(stage) {
      const counting = workflow('counting').dowhile(adds('more', 2), isBelow(7)).then(echoes('after')).commit()
      const { result } = await finish(stage, counting, { inputData: 2 })
      deepEqual(told(result), {
        status: 'success',
        result: 8,
        input: 2,
        stepExecutionPath: ['after'],
        steps: {
          input: 2,
          more: { status: 'success', payload: 6, output: 8, metadata: { iterationCount: 3 } },
          after: { status: 'success', payload: 8, output: 8 },
        },
      })
    },
  },
  {
    id: 'loop.until-above',
    shows: ['loop.dountil', 'loop.input'],
    async play(stage) {
      const counting = workflow('counting')
        .dountil(adds('more', 2), ({ inputData }) => Number(inputData) > 7)
        .commit()
      equal(resultOf((await finish(stage, counting, { inputData: 2 })).result), 8)
    },
  },
  {
    id: 'loop.once',
    shows: ['loop.at-least-once'],
    async play(stage) {
      const once = workflow('once')
        .dowhile(adds('a', 1), () => false)
        .dountil(adds('b', 1), () => true)
        .commit()
      const { result } = await finish(stage, once, { inputData: 0 })
      equal(resultOf(result), 2)
      deepEqual(untimed(result.steps).b, { status: 'success', payload: 1, output: 2, metadata: { iterationCount: 1 } })
    },
  },
  {
    id: 'loop.counts',
    shows: ['loop.iteration-count', 'loop.condition-input'],
    async play(stage) {
      const seen: unknown[] = []
      const body = step('body', ({ inputData, iterationCount }) => {
        seen.push(['body', iterationCount, inputData])
        return Number(inputData) + 1
      })
      const counted = workflow('counted')
        .then(gives('ten', 10))
        .dountil(body, (context) => {
          const { inputData, iterationCount, retryCount, getStepResult, getInitData } = context
          seen.push(['condition', iterationCount, inputData, retryCount, getStepResult('ten'), getInitData()])
          return iterationCount === 3
        })
        .commit()
      equal(resultOf((await finish(stage, counted, { inputData: 'start' })).result), 13)
      deepEqual(seen, [
        ['body', 1, 10],
        ['condition', 1, 11, -1, 10, 'start'],
        ['body', 2, 11],
        ['condition', 2, 12, -1, 10, 'start'],
        ['body', 3, 12],
        ['condition', 3, 13, -1, 10, 'start'],
      ])
    },
  },
  {
    id: 'loop.truthy-answers',
    shows: ['loop.truthy'],
    async play(stage) {
      const answer = (value: unknown) => value as boolean
      const truthy = workflow('truthy')
        .dowhile(adds('a', 1), async ({ iterationCount }) => answer(iterationCount < 3 ? 'go on' : ''))
        .dountil(adds('b', 1), ({ iterationCount }) => answer(iterationCount < 3 ? 0 : {}))
        .commit()
      equal(resultOf((await finish(stage, truthy, { inputData: 0 })).result), 6)
    },
  },
  {
    id: 'loop.throwing-condition',
    shows: ['loop.condition-throws'],
    async play(stage) {
      let ran = 0
      const body = step('body', () => {
        ran += 1
      })
      const broken = workflow('broken', { retryConfig: { attempts: 2 } })
        .dowhile(body, () => {
          throw new RangeError('out of range')
        })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, broken)
      const error = errorOf(result)
      ok(isWorkflowError(error, 'WF_STEP_FUNCTION'))
      ok(error.message.includes('"loop_0"') && error.message.includes('out of range'), error.message)
      ok(error.cause instanceof RangeError)
      deepEqual(statuses(result), { body: 'success' })
      equal(ran, 1)
    },
  },
  {
    id: 'loop.throwing-body',
    shows: ['loop.body-throws'],
    async play(stage) {
      let asked = 0
      const body = step('body', ({ iterationCount }) => {
        if (iterationCount === 2) throw new Error('the second time')
      })
      const broken = workflow('broken')
        .dowhile(body, () => {
          asked += 1
          return true
        })
        .commit()
      const { result } = await finish(stage, broken)
      equal(errorOf(result).message, 'the second time')
      deepEqual(untimed(result.steps).body, {
        status: 'failed',
        payload: undefined,
        error: new Error('the second time'),
        metadata: { iterationCount: 2 },
      })
      equal(asked, 1)
    },
  },
  {
    id: 'loop.failing-at-once',
    shows: ['loop.body-throws'],
    async play(stage) {
      const { result } = await finish(
        stage,
        workflow('w')
          .dountil(fails('body'), () => true)
          .commit(),
      )
      equal(errorOf(result).message, 'body fails')
    },
  },
  {
    id: 'loop.retried-body',
    shows: ['loop.body-retries'],
    async play(stage) {
      const seen: unknown[] = []
      const body = step(
        'body',
        ({ iterationCount, retryCount }) => {
          seen.push([iterationCount, retryCount])
          if (retryCount === 0) throw new Error('once more')
        },
        { retries: 1 },
      )
      const patient = workflow('patient')
        .dountil(body, ({ iterationCount }) => iterationCount === 2)
        .commit()
      equal((await finish(stage, patient)).result.status, 'success')
      deepEqual(seen, [
        [1, 0],
        [1, 1],
        [2, 0],
        [2, 1],
      ])
    },
  },
  {
    id: 'loop.state-between-iterations',
    shows: ['loop.state'],
    async play(stage) {
      const seen: unknown[] = []
      const body = step('body', async ({ state, setState }) => {
        seen.push(state.count)
        await setState({ count: Number(state.count ?? 0) + 1 })
      })
      const stateful = workflow('stateful')
        .dountil(body, ({ state }) => state.count === 3)
        .commit()
      equal((await finish(stage, stateful)).result.status, 'success')
      deepEqual(seen, [undefined, 1, 2])
    },
  },
  {
    id: 'loop.body-is-a-workflow',
    shows: ['loop.workflow-body'],
    async play(stage) {
      const inner = workflow('inner')
        .then(adds('one', 1))
        .then(step('two', ({ inputData, getInitData }) => [inputData, getInitData()]))
        .map(({ inputData }) => (inputData as number[])[0])
        .commit()
      const looping = workflow('looping').dowhile(inner, isBelow(3)).commit()
      const { result } = await finish(stage, looping, { inputData: 0 })
      equal(resultOf(result), 3)
      deepEqual(untimed(result.steps), {
        input: 0,
        inner: { status: 'success', payload: 2, output: 3, metadata: { iterationCount: 3 } },
      })
    },
  },
  {
    id: 'loop.body-is-a-flow',
    shows: ['loop.flow-body'],
    async play(stage) {
      const looping = workflow('looping')
        .dowhile((flow) => flow.then(adds('one', 1)).then(adds('ten', 10)), isBelow(30))
        .commit()
      const { result } = await finish(stage, looping, { inputData: 0 })
      equal(resultOf(result), 33)
      const { one, ten } = untimed(result.steps) as Record<
        string,
        { readonly payload: unknown; readonly output: unknown }
      >
      deepEqual([one?.payload, one?.output, ten?.payload, ten?.output], [22, 23, 23, 33])
    },
  },
  {
    id: 'loop.nested-loops',
    shows: ['loop.in-a-loop', 'loop.iteration-count'],
    async play(stage) {
      const seen: unknown[] = []
      const body = step('body', ({ inputData, iterationCount }) => {
        seen.push([iterationCount, inputData])
        return Number(inputData) + 1
      })
      const nested = workflow('nested')
        .dountil(
          (flow) => flow.dountil(body, ({ iterationCount }) => iterationCount === 2).then(adds('ten', 10)),
          ({ iterationCount }) => iterationCount === 2,
        )
        .commit()
      equal(resultOf((await finish(stage, nested, { inputData: 0 })).result), 24)
      deepEqual(seen, [
        [1, 0],
        [2, 1],
        [1, 12],
        [2, 13],
      ])
    },
  },
  {
    id: 'loop.forty-times',
    shows: ['loop.many', 'loop.record'],
    async play(stage) {
      const long = workflow('long').dowhile(adds('body', 1), isBelow(40)).commit()
      const { result } = await finish(stage, long, { inputData: 0 })
      equal(resultOf(result), 40)
      const { body } = untimed(result.steps)
      deepEqual(body, { status: 'success', payload: 39, output: 40, metadata: { iterationCount: 40 } })
    },
  },
]
