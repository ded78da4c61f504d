import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, finish } from './parts/begin.js'
import { adds, echoes, fails, gives, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told, untimed } from './parts/told.js'

export const parallelScenarios: readonly Scenario[] = [
  {
    id: 'parallel.two-members',
    shows: ['parallel.input', 'parallel.output'],
    async play(stage) {
      const both = workflow('both')
        .parallel([adds('plus', 1), adds('minus', -1)])
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, both, { inputData: 5 })
      deepEqual(told(result), {
        status: 'success',
        result: { plus: 6, minus: 4 },
        input: 5,
        stepExecutionPath: ['after'],
        steps: {
          input: 5,
          plus: { status: 'success', payload: 5, output: 6 },
          minus: { status: 'success', payload: 5, output: 4 },
          after: { status: 'success', payload: { plus: 6, minus: 4 }, output: { plus: 6, minus: 4 } },
        },
      })
    },
  },
  {
    id: 'parallel.order-of-members',
    shows: ['parallel.output'],
    async play(stage) {
      const gate = createGate()
      const opens = step('fast', () => gate.open())
      const slow = step('slow', () => gate.pass())
      const { result } = await finish(stage, workflow('ordered').parallel([slow, opens]).commit())
      deepEqual(Object.keys(resultOf(result) as object), ['slow', 'fast'])
    },
  },
  {
    id: 'parallel.all-at-once',
    shows: ['parallel.together'],
    async play(stage) {
      const gate = createGate()
      const waits = <const Id extends string>(id: Id) => step(id, () => gate.pass())
      const { started } = await begin(
        stage,
        workflow('three')
          .parallel([waits('a'), waits('b'), waits('c')])
          .commit(),
      )
      await stage.settle(gate.reached(3))
      gate.open()
      equal((await stage.settle(started)).status, 'success')
    },
  },
  {
    id: 'parallel.members-by-name',
    shows: ['parallel.named-members'],
    async play(stage) {
      const named = workflow('named')
        .parallel({ more: adds('plus', 1), less: adds('minus', -1) })
        .commit()
      const { result } = await finish(stage, named, { inputData: 5 })
      deepEqual(resultOf(result), { more: 6, less: 4 })
      deepEqual(statuses(result), { plus: 'success', minus: 'success' })
    },
  },
  {
    id: 'parallel.members-change-their-input',
    shows: ['parallel.copies'],
    async play(stage) {
      const gate = createGate()
      const spoils = step('spoils', ({ inputData }) => {
        ;(inputData as { list: number[] }).list.push(4)
        gate.open()
      })
      const reads = step('reads', async ({ inputData }) => {
        await gate.pass()
        return inputData
      })
      const { result } = await finish(stage, workflow('copies').parallel([spoils, reads]).commit(), {
        inputData: { list: [1, 2, 3] },
      })
      deepEqual(resultOf(result), { spoils: undefined, reads: { list: [1, 2, 3] } })
    },
  },
  {
    id: 'parallel.nothing-given',
    shows: ['parallel.empty-outputs'],
    async play(stage) {
      const nothing = workflow('nothing')
        .parallel([gives('undefined', undefined), gives('null', null)])
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, nothing)
      deepEqual(resultOf(result), { undefined: undefined, null: null })
    },
  },
  {
    id: 'parallel.one-member',
    shows: ['parallel.output'],
    async play(stage) {
      const { result } = await finish(
        stage,
        workflow('alone')
          .parallel([adds('only', 1)])
          .commit(),
        { inputData: 1 },
      )
      deepEqual(resultOf(result), { only: 2 })
    },
  },
  {
    id: 'parallel.failure-beside-a-slow-member',
    shows: ['parallel.failure-waits'],
    async play(stage) {
      const gate = createGate()
      const slow = step('slow', async () => {
        await gate.pass()
        return 'done'
      })
      const block = workflow('failing')
        .parallel([slow, fails('broken')])
        .then(echoes('after'))
        .commit()
      const { run, started } = await begin(stage, block, { inputData: 1 })
      await stage.settle(gate.reached())
      await stage.quiet()
      equal(await stage.settle(run.status()), 'running')
      gate.open()
      const result = await stage.settle(started)
      deepEqual(errorOf(result), new Error('broken fails'))
      deepEqual(untimed(result.steps), {
        input: 1,
        slow: { status: 'success', payload: 1, output: 'done' },
        broken: { status: 'failed', payload: 1, error: new Error('broken fails') },
      })
    },
  },
  {
    id: 'parallel.two-failures',
    shows: ['parallel.first-failure'],
    async play(stage) {
      const gate = createGate()
      const late = step('late', async () => {
        await gate.pass()
        throw new Error('the first member failed last')
      })
      const early = step('early', () => {
        gate.open()
        throw new Error('the second member failed first')
      })
      const { result } = await finish(stage, workflow('twice').parallel([late, early]).commit())
      equal(errorOf(result).message, 'the first member failed last')
      deepEqual(statuses(result), { late: 'failed', early: 'failed' })
    },
  },
  {
    id: 'parallel.allowed-failure',
    shows: ['parallel.allow-failure'],
    async play(stage) {
      const block = workflow('lenient')
        .parallel([adds('works', 1), fails('broken')], { allowFailure: true })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, block, { inputData: 1 })
      deepEqual(told(result), {
        status: 'success',
        result: { works: 2, broken: null },
        input: 1,
        stepExecutionPath: ['after'],
        steps: {
          input: 1,
          works: { status: 'success', payload: 1, output: 2 },
          broken: { status: 'failed', payload: 1, error: new Error('broken fails') },
          after: { status: 'success', payload: { works: 2, broken: null }, output: { works: 2, broken: null } },
        },
      })
    },
  },
  {
    id: 'parallel.all-failures-allowed',
    shows: ['parallel.allow-failure'],
    async play(stage) {
      const block = workflow('hopeless')
        .parallel([fails('a'), fails('b')], { allowFailure: true })
        .commit()
      const { result } = await finish(stage, block)
      deepEqual(resultOf(result), { a: null, b: null })
      deepEqual(statuses(result), { a: 'failed', b: 'failed' })
    },
  },
  {
    id: 'parallel.retried-member',
    shows: ['parallel.retries'],
    async play(stage) {
      const calls: string[] = []
      const flaky = step(
        'flaky',
        ({ retryCount }) => {
          calls.push(`flaky ${retryCount}`)
          if (retryCount < 2) throw new Error('not yet')
          return retryCount
        },
        { retries: 2 },
      )
      const steady = step('steady', () => {
        calls.push('steady')
      })
      const { result } = await finish(stage, workflow('patient').parallel([flaky, steady]).commit())
      deepEqual(resultOf(result), { flaky: 2, steady: undefined })
      deepEqual(calls.toSorted(), ['flaky 0', 'flaky 1', 'flaky 2', 'steady'])
    },
  },
  {
    id: 'parallel.odd-ids',
    shows: ['parallel.any-id'],
    async play(stage) {
      const ids = ['__proto__', 'constructor', 'a.b', 'a/b', '工作', 'x'.repeat(10_000), '0']
      const odd = workflow('odd')
        .parallel(ids.map((id) => gives(id, id.length)))
        .then(step('after', ({ inputData, getStepResult }) => [inputData, ids.map((id) => getStepResult(id))]))
        .commit()
      const { result } = await finish(stage, odd)
      const [output, results] = resultOf(result) as [object, readonly number[]]
      deepEqual(Object.entries(output).toSorted(), ids.map((id) => [id, id.length]).toSorted())
      deepEqual(
        results,
        ids.map((id) => id.length),
      )
      equal(Object.getPrototypeOf(output), Object.prototype)
      deepEqual(Object.keys(result.steps).toSorted(), [...ids, 'after', 'input'].toSorted())
    },
  },
  {
    id: 'parallel.forty-members',
    shows: ['parallel.many', 'parallel.together'],
    async play(stage) {
      const gate = createGate()
      const members = Array.from({ length: 40 }, (_none, index) =>
        step(`member${index}`, async () => {
          await gate.pass()
          return index
        }),
      )
      const { started } = await begin(stage, workflow('many').parallel(members).commit())
      await stage.settle(gate.reached(40))
      gate.open()
      const output = resultOf(await stage.settle(started)) as object
      deepEqual(
        Object.values(output),
        Array.from({ length: 40 }, (_none, index) => index),
      )
    },
  },
  {
    id: 'parallel.sibling-of-a-failure',
    shows: ['parallel.siblings-go-on', 'parallel.failure-waits'],
    async play(stage) {
      const gate = createGate()
      const slow = step('slow', async ({ abortSignal }) => {
        await gate.pass()
        return abortSignal.aborted
      })
      const { started } = await begin(
        stage,
        workflow('failing')
          .parallel([slow, fails('broken')])
          .commit(),
      )
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      const result = await stage.settle(started)
      deepEqual(untimed(result.steps).slow, { status: 'success', payload: undefined, output: false })
    },
  },
]
