import { deepEqual } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, finish } from './parts/begin.js'
import { adds, lists, step, workflow } from './parts/loose.js'
import { resultOf, told, untimed } from './parts/told.js'

export const flowItemsScenarios: readonly Scenario[] = [
  {
    id: 'flow.in-a-foreach',
    shows: ['flow.item', 'flow.item-records', 'flow.not-in-path'],
    async play(stage) {
      const items = workflow('items')
        .then(lists('list', [1, 2, 3]))
        .foreach((flow) => flow.then(adds('ten', 10)).then(adds('hundred', 100)), { concurrency: 2 })
        .commit()
      const { result } = await finish(stage, items)
      deepEqual(told(result), {
        status: 'success',
        result: [111, 112, 113],
        input: undefined,
        stepExecutionPath: ['list'],
        steps: {
          input: undefined,
          list: { status: 'success', payload: undefined, output: [1, 2, 3] },
          foreach_1: { status: 'success', payload: [1, 2, 3], output: [111, 112, 113] },
        },
      })
    },
  },
  {
    id: 'flow.named-foreach',
    shows: ['flow.item-records'],
    async play(stage) {
      const items = workflow('items')
        .then(lists('list', [1]))
        .foreach((flow) => flow.then(adds('ten', 10)).then(adds('hundred', 100)), { id: 'each' })
        .commit()
      const { result } = await finish(stage, items)
      deepEqual(untimed(result.steps).each, { status: 'success', payload: [1], output: [111] })
    },
  },
  {
    id: 'flow.foreach-in-a-foreach',
    shows: ['flow.foreach-in-foreach', 'flow.nested-blocks'],
    async play(stage) {
      const grid = workflow('grid')
        .then(lists('rows', [[1, 2], [], [3]]))
        .foreach((row) => row.map(({ inputData }) => inputData as number[]).foreach(adds('cell', 10)), {
          concurrency: 2,
        })
        .commit()
      deepEqual(resultOf((await finish(stage, grid)).result), [[11, 12], [], [13]])
    },
  },
  {
    id: 'flow.results-of-an-item',
    shows: ['flow.item-results', 'flow.not-after'],
    async play(stage) {
      const gate = createGate()
      const waits = step('waits', () => gate.pass())
      const looks = step('looks', ({ getStepResult, getInitData, index }) => [
        getStepResult('ten'),
        getStepResult('list'),
        getInitData(),
        index,
      ])
      const after = step('after', ({ inputData, getStepResult }) => [inputData, getStepResult('ten')])
      const items = workflow('items')
        .then(lists('list', [1, 2]))
        .foreach((flow) => flow.then(adds('ten', 10)).then(waits).then(looks), { concurrency: 2 })
        .then(after)
        .commit()
      const { started } = await begin(stage, items, { inputData: 'I' })
      await stage.settle(gate.reached(2))
      gate.open()
      const [list] = resultOf(await stage.settle(started)) as [readonly (readonly unknown[])[]]
      deepEqual(
        list.map((seen) => seen.slice(0, 3)),
        [
          [11, [1, 2], 'I'],
          [12, [1, 2], 'I'],
        ],
      )
      deepEqual((resultOf(await stage.settle(started)) as readonly unknown[])[1], null)
    },
  },
  {
    id: 'flow.retried-step',
    shows: ['flow.retries'],
    async play(stage) {
      const seen: unknown[] = []
      const flaky = step(
        'flaky',
        ({ inputData, retryCount }) => {
          seen.push([inputData, retryCount])
          if (retryCount < 1) throw new Error('not yet')
          return inputData
        },
        { retries: 1 },
      )
      const items = workflow('items')
        .then(lists('list', [1, 2]))
        .foreach((flow) => flow.then(adds('ten', 10)).then(flaky))
        .commit()
      deepEqual(resultOf((await finish(stage, items)).result), [11, 12])
      deepEqual(seen, [
        [11, 0],
        [11, 1],
        [12, 0],
        [12, 1],
      ])
    },
  },
]
