import { deepEqual, equal, throws } from 'node:assert/strict'
import { cloneStep, cloneWorkflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { aborted } from './parts/aborted.js'
import { begin, finish } from './parts/begin.js'
import { adds, echoes, fails, gives, step, workflow } from './parts/loose.js'
import { isBelow, isOver } from './parts/sizes.js'
import { resultOf, statuses, told, untimed } from './parts/told.js'

/** Adds to a number in two steps. */
const twoSteps = <const Id extends string>(id: Id, amount: number) =>
  workflow(id).then(echoes('first')).then(adds('second', amount)).commit()

export const innerPlaceScenarios: readonly Scenario[] = [
  {
    id: 'inner.as-an-arm',
    shows: ['inner.branch', 'inner.record'],
    async play(stage) {
      const arms = workflow('arms')
        .branch([
          [isBelow(10), twoSteps('small', 1)],
          [isOver(10), twoSteps('large', -1)],
          [isBelow(5), twoSteps('tiny', 2)],
        ])
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, arms, { inputData: 3 })
      deepEqual(untimed(result.steps), {
        input: 3,
        small: { status: 'success', payload: 3, output: 4 },
        tiny: { status: 'success', payload: 3, output: 5 },
        after: { status: 'success', payload: { small: 4, tiny: 5 }, output: { small: 4, tiny: 5 } },
      })
    },
  },
  {
    id: 'inner.as-members',
    shows: ['inner.parallel', 'inner.same-ids'],
    async play(stage) {
      const gate = createGate()
      const meets = step('meets', async ({ inputData, workflowId }) => {
        await gate.pass()
        return `${workflowId} ${inputData}`
      })
      const side = <const Id extends string>(id: Id) => workflow(id).then(echoes('same')).then(meets).commit()
      const both = workflow('both')
        .parallel([side('left'), side('right')])
        .commit()
      const { started } = await begin(stage, both, { inputData: 'x' })
      await stage.settle(gate.reached(2))
      gate.open()
      const result = await stage.settle(started)
      deepEqual(told(result), {
        status: 'success',
        result: { left: 'left x', right: 'right x' },
        input: 'x',
        stepExecutionPath: [],
        steps: {
          input: 'x',
          left: { status: 'success', payload: 'x', output: 'left x' },
          right: { status: 'success', payload: 'x', output: 'right x' },
        },
      })
    },
  },
  {
    id: 'inner.as-the-body-of-a-loop',
    shows: ['inner.loop', 'inner.init-data', 'inner.step-results'],
    async play(stage) {
      const seen: unknown[] = []
      const looks = step('looks', ({ inputData, getInitData, getStepResult }) => {
        seen.push([getInitData(), getStepResult('second')])
        return inputData
      })
      const body = workflow('body').then(looks).then(adds('second', 1)).commit()
      const looping = workflow('looping').dowhile(body, isBelow(3)).commit()
      const { result } = await finish(stage, looping, { inputData: 0 })
      equal(resultOf(result), 3)
      deepEqual(seen, [
        [0, null],
        [1, null],
        [2, null],
      ])
      deepEqual(untimed(result.steps).body, {
        status: 'success',
        payload: 2,
        output: 3,
        metadata: { iterationCount: 3 },
      })
    },
  },
  {
    id: 'inner.twice-in-a-row',
    shows: ['inner.twice', 'inner.clone-workflow'],
    async play(stage) {
      const once = twoSteps('once', 5)
      const outer = workflow('outer')
        .then(once)
        .then(cloneWorkflow(once, { id: 'again' }))
        .commit()
      const { result } = await finish(stage, outer, { inputData: 0 })
      deepEqual(untimed(result.steps), {
        input: 0,
        once: { status: 'success', payload: 0, output: 5 },
        again: { status: 'success', payload: 5, output: 10 },
      })
      throws(() => workflow('twice').then(once).then(once).commit(), { code: 'WF_INVALID_GRAPH', stepId: 'once' })
    },
  },
  {
    id: 'inner.original-and-clone',
    shows: ['inner.clone-workflow', 'inner.identity'],
    async play(stage) {
      const original = workflow('original')
        .then(adds('one', 1))
        .map(({ inputData, workflowId }) => [workflowId, inputData])
        .commit()
      const clone = cloneWorkflow(original, { id: 'clone' })
      const outer = workflow('outer').parallel([original, clone]).commit()
      const { result } = await finish(stage, outer, { inputData: 1 })
      deepEqual(untimed(result.steps), {
        input: 1,
        original: { status: 'success', payload: 1, output: ['original', 2] },
        clone: { status: 'success', payload: 1, output: ['clone', 2] },
      })
      deepEqual(resultOf((await finish(stage, clone, { inputData: 2 })).result), ['clone', 3])
    },
  },
  {
    id: 'inner.step-and-clone',
    shows: ['inner.clone-step'],
    async play(stage) {
      let calls = 0
      const original = step(
        'original',
        ({ inputData, retryCount }) => {
          calls += 1
          if (retryCount === 0) throw new Error('not yet')
          return Number(inputData) + 1
        },
        { retries: 1 },
      )
      const outer = workflow('outer')
        .then(original)
        .then(cloneStep(original, { id: 'clone' }))
        .commit()
      const { result } = await finish(stage, outer, { inputData: 0 })
      deepEqual(untimed(result.steps), {
        input: 0,
        original: { status: 'success', payload: 0, output: 1 },
        clone: { status: 'success', payload: 1, output: 2 },
      })
      equal(calls, 4)
    },
  },
  {
    id: 'inner.cancel-while-running',
    shows: ['inner.cancel'],
    async play(stage) {
      const gate = createGate()
      gate.open()
      const reasons: unknown[] = []
      const waits = step('waits', async ({ abortSignal }) => {
        await gate.pass()
        reasons.push(await aborted(abortSignal))
      })
      const inner = workflow('inner').then(gives('done', 1)).then(waits).then(fails('never')).commit()
      const outer = workflow('outer')
        .then(echoes('before'))
        .parallel([inner, gives('beside', 2)])
        .then(fails('after'))
        .commit()
      const { run, started } = await begin(stage, outer)
      await stage.settle(gate.reached())
      await stage.quiet()
      await stage.settle(run.cancel())
      const result = await stage.settle(started)
      deepEqual(
        [result.status, statuses(result)],
        ['canceled', { before: 'success', inner: 'canceled', beside: 'success' }],
      )
      await stage.quiet()
      deepEqual(reasons, ['canceled'])
    },
  },
]
