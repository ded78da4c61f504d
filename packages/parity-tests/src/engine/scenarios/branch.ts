import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, finish } from './parts/begin.js'
import { adds, echoes, fails, gives, step, workflow } from './parts/loose.js'
import { isOver } from './parts/sizes.js'
import { errorOf, resultOf, statuses, told } from './parts/told.js'

export const branchScenarios: readonly Scenario[] = [
  {
    id: 'branch.two-of-three',
    shows: ['branch.true-arms', 'branch.output', 'branch.not-taken'],
    async play(stage) {
      const sizes = workflow('sizes')
        .branch([
          [isOver(1), adds('one', 1)],
          [isOver(10), adds('ten', 10)],
          [isOver(3), adds('three', 3)],
        ])
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, sizes, { inputData: 5 })
      deepEqual(told(result), {
        status: 'success',
        result: { one: 6, three: 8 },
        input: 5,
        stepExecutionPath: ['after'],
        steps: {
          input: 5,
          one: { status: 'success', payload: 5, output: 6 },
          three: { status: 'success', payload: 5, output: 8 },
          after: { status: 'success', payload: { one: 6, three: 8 }, output: { one: 6, three: 8 } },
        },
      })
    },
  },
  {
    id: 'branch.no-arm',
    shows: ['branch.none', 'branch.not-taken'],
    async play(stage) {
      const none = workflow('none')
        .branch([
          [() => false, gives('a', 1)],
          [() => false, gives('b', 2)],
        ])
        .then(step('keys', ({ inputData }) => Object.keys(inputData as object)))
        .commit()
      const { result } = await finish(stage, none)
      deepEqual(resultOf(result), [])
      deepEqual(statuses(result), { keys: 'success' })
    },
  },
  {
    id: 'branch.no-arm-at-the-end',
    shows: ['branch.none'],
    async play(stage) {
      const { result } = await finish(
        stage,
        workflow('none')
          .branch([[() => false, gives('a', 1)]])
          .commit(),
      )
      deepEqual(resultOf(result), {})
    },
  },
  {
    id: 'branch.arms-at-once',
    shows: ['branch.together'],
    async play(stage) {
      const gate = createGate()
      const waits = <const Id extends string>(id: Id) => step(id, () => gate.pass())
      const both = workflow('both')
        .branch([
          [() => true, waits('a')],
          [() => true, waits('b')],
        ])
        .commit()
      const { started } = await begin(stage, both)
      await stage.settle(gate.reached(2))
      gate.open()
      equal((await stage.settle(started)).status, 'success')
    },
  },
  {
    id: 'branch.arms-by-name',
    shows: ['branch.named-arms'],
    async play(stage) {
      const named = workflow('named')
        .branch({ small: [isOver(0), adds('one', 1)], large: [isOver(100), adds('ten', 10)] })
        .commit()
      const { result } = await finish(stage, named, { inputData: 5 })
      deepEqual(resultOf(result), { small: 6 })
      deepEqual(statuses(result), { one: 'success' })
    },
  },
  {
    id: 'branch.in-a-branch',
    shows: ['branch.nested', 'branch.true-arms'],
    async play(stage) {
      const inner = workflow('inner')
        .branch([
          [isOver(3), adds('three', 3)],
          [isOver(30), adds('thirty', 30)],
        ])
        .commit()
      const outer = workflow('outer')
        .branch([
          [isOver(1), inner],
          [isOver(10), adds('ten', 10)],
        ])
        .commit()
      const { result } = await finish(stage, outer, { inputData: 5 })
      deepEqual(resultOf(result), { inner: { three: 8 } })
      deepEqual(statuses(result), { inner: 'success' })
    },
  },
  {
    id: 'branch.failing-arm',
    shows: ['branch.arm-fails'],
    async play(stage) {
      const gate = createGate()
      const slow = step('slow', () => gate.pass())
      const arms = workflow('arms')
        .branch([
          [() => true, fails('broken')],
          [() => true, slow],
          [() => false, gives('other', 1)],
        ])
        .commit()
      const { started } = await begin(stage, arms)
      await stage.settle(gate.reached())
      gate.open()
      const result = await stage.settle(started)
      equal(errorOf(result).message, 'broken fails')
      deepEqual(statuses(result), { broken: 'failed', slow: 'success' })
    },
  },
  {
    id: 'branch.results-later',
    shows: ['branch.join-later'],
    async play(stage) {
      const taken = gives('taken', { at: 1 })
      const other = gives('other', { at: 2 })
      const later = step('later', ({ getStepResult }) => [getStepResult(taken), getStepResult(other)])
      const joined = workflow('joined')
        .branch([
          [() => true, taken],
          [() => false, other],
        ])
        .then(later)
        .commit()
      deepEqual(resultOf((await finish(stage, joined)).result), [{ at: 1 }, null])
    },
  },
]
