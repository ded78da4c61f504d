import { deepEqual, equal } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { adds, fails, step, workflow } from './parts/loose.js'
import { isBelow } from './parts/sizes.js'
import { errorOf, resultOf, untimed } from './parts/told.js'

export const loopBodyScenarios: readonly Scenario[] = [
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
    id: 'loop.result-of-the-body',
    shows: ['loop.body-result'],
    async play(stage) {
      const seen: unknown[] = []
      const looping = workflow('looping')
        .dountil(
          (flow) => flow.then(adds('one', 1)).then(adds('ten', 10)),
          ({ getStepResult, iterationCount }) => {
            seen.push([getStepResult('one'), getStepResult('ten')])
            return iterationCount === 2
          },
        )
        .commit()
      equal(resultOf((await finish(stage, looping, { inputData: 0 })).result), 22)
      deepEqual(seen, [
        [1, 11],
        [12, 22],
      ])
    },
  },
  {
    id: 'loop.nothing-handed-on',
    shows: ['loop.undefined', 'loop.input'],
    async play(stage) {
      const seen: unknown[] = []
      const body = step('body', ({ inputData, iterationCount }) => {
        seen.push(inputData)
        return iterationCount === 1 ? null : undefined
      })
      const looping = workflow('looping')
        .dountil(body, ({ inputData }) => inputData === undefined)
        .then(step('after', ({ inputData }) => seen.push(inputData)))
        .commit()
      equal((await finish(stage, looping, { inputData: 'in' })).result.status, 'success')
      deepEqual(seen, ['in', null, undefined])
    },
  },
]
