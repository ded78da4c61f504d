import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, finish } from './parts/begin.js'
import { bails, echoes, lists, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told } from './parts/told.js'

export const bailForeachScenarios: readonly Scenario[] = [
  {
    id: 'bail.in-a-foreach',
    shows: ['bail.item'],
    async play(stage) {
      const begun: unknown[] = []
      const item = step('item', ({ inputData, bail }) => {
        begun.push(inputData)
        return inputData === 2 ? bail('two') : inputData
      })
      const early = workflow('early')
        .then(lists('list', [1, 2, 3]))
        .foreach(item)
        .then(echoes('never'))
        .commit()
      const { result } = await finish(stage, early)
      deepEqual(told(result), {
        status: 'success',
        result: 'two',
        input: undefined,
        stepExecutionPath: ['list'],
        steps: {
          input: undefined,
          list: { status: 'success', payload: undefined, output: [1, 2, 3] },
          item: { status: 'success', payload: [1, 2, 3], output: 'two' },
        },
      })
      deepEqual(begun, [1, 2])
    },
  },
  {
    id: 'bail.beside-items-in-flight',
    shows: ['bail.items-in-flight', 'bail.item'],
    async play(stage) {
      const gate = createGate()
      const ended: unknown[] = []
      const item = step('item', async ({ inputData, bail }) => {
        if (inputData === 2) return bail('two')
        await gate.pass()
        ended.push(inputData)
        return inputData
      })
      const early = workflow('early')
        .then(lists('list', [1, 2, 3, 4, 5]))
        .foreach(item, { concurrency: 3 })
        .then(echoes('never'))
        .commit()
      const { run, started } = await begin(stage, early)
      await stage.settle(gate.reached(2))
      await stage.quiet()
      equal(await stage.settle(run.status()), 'running')
      gate.open()
      equal(resultOf(await stage.settle(started)), 'two')
      deepEqual(ended.toSorted(), [1, 3])
    },
  },
  {
    id: 'bail.several-items',
    shows: ['bail.first-item'],
    async play(stage) {
      const gate = createGate()
      const item = step('item', async ({ inputData, bail }) => {
        if (inputData === 1) await gate.pass()
        return bail(inputData)
      })
      const early = workflow('early')
        .then(lists('list', [1, 2]))
        .foreach(item, { concurrency: 2 })
        .commit()
      const { started } = await begin(stage, early)
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      equal(resultOf(await stage.settle(started)), 2)
    },
  },
  {
    id: 'bail.beside-a-failing-item',
    shows: ['bail.item-fails'],
    async play(stage) {
      const gate = createGate()
      const item = step('item', async ({ inputData, bail }) => {
        if (inputData === 1) return bail('one')
        await gate.pass()
        throw new Error('two fails')
      })
      const early = workflow('early')
        .then(lists('list', [1, 2]))
        .foreach(item, { concurrency: 2 })
        .commit()
      const { started } = await begin(stage, early)
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      const result = await stage.settle(started)
      equal(errorOf(result).message, 'two fails')
      deepEqual(statuses(result), { list: 'success', item: 'failed' })
    },
  },
  {
    id: 'bail.beside-a-suspended-item',
    shows: ['bail.item-suspends'],
    async play(stage) {
      const gate = createGate()
      const item = step('item', async ({ inputData, suspend, bail }) => {
        if (inputData === 1) return suspend()
        await gate.pass()
        return bail('two')
      })
      const early = workflow('early')
        .then(lists('list', [1, 2]))
        .foreach(item, { concurrency: 2 })
        .commit()
      const { started } = await begin(stage, early)
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      equal(resultOf(await stage.settle(started)), 'two')
    },
  },
  {
    id: 'bail.in-items-that-are-workflows',
    shows: ['bail.item-workflow'],
    async play(stage) {
      const inner = workflow('inner')
        .then(step('odd', ({ inputData, bail }) => (Number(inputData) % 2 ? bail('odd') : inputData)))
        .then(step('even', () => 'even'))
        .commit()
      const going = workflow('going')
        .then(lists('list', [1, 2, 3]))
        .foreach(inner, { concurrency: 2 })
        .then(echoes('after'))
        .commit()
      deepEqual(resultOf((await finish(stage, going)).result), ['odd', 'even', 'odd'])
    },
  },
  {
    id: 'bail.in-items-that-are-flows',
    shows: ['bail.item'],
    async play(stage) {
      const early = workflow('early')
        .then(lists('list', [1, 2]))
        .foreach((flow) => flow.then(bails('stop', 'first')).then(echoes('never')))
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, early)
      equal(resultOf(result), 'first')
      equal('never' in result.steps || 'after' in result.steps, false)
    },
  },
  {
    id: 'bail.resumed-item-beside-a-bail',
    shows: ['bail.no-item-after-resume', 'bail.item-suspends'],
    async play(stage) {
      const gate = createGate()
      const begun: unknown[] = []
      const item = step('item', async ({ inputData, resumeData, suspend, bail }) => {
        if (resumeData === undefined) begun.push(inputData)
        if (inputData === 'asks') return resumeData ?? suspend()
        if (inputData === 'bails') return bail('early')
        await gate.pass()
        return inputData
      })
      const early = workflow('early')
        .then(lists('list', ['asks', 'bails', 'held', 'next', 'last']))
        .foreach(item, { concurrency: 3 })
        .commit()
      const { run, started } = await begin(stage, early)
      await stage.settle(gate.reached())
      await stage.quiet()
      const resumed = run.resume({ step: 'item', resumeData: 'ok' })
      await stage.quiet()
      gate.open()
      for (const result of await stage.settle(Promise.all([started, resumed]))) equal(resultOf(result), 'early')
      deepEqual(begun.toSorted(), ['asks', 'bails', 'held'])
    },
  },
]
