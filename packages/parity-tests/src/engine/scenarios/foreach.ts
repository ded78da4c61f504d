import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createStep, RequestContext, WorkflowError } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any, number } from '../schemas.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { breath, createLane, itemAsks, over, upTo } from './parts/items.js'
import { adds, echoes, lists, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told } from './parts/told.js'

export const foreachScenarios: readonly Scenario[] = [
  {
    id: 'foreach.one-record',
    shows: ['foreach.record', 'foreach.order'],
    async play(stage) {
      const tens = step('tens', ({ inputData }) => Number(inputData) * 10)
      const each = over('list').foreach(tens).then(echoes('after')).commit()
      const { result } = await finish(stage, each, { inputData: [1, 2, 3] })
      deepEqual(told(result), {
        status: 'success',
        result: [10, 20, 30],
        input: [1, 2, 3],
        stepExecutionPath: ['after'],
        steps: {
          input: [1, 2, 3],
          tens: { status: 'success', payload: [1, 2, 3], output: [10, 20, 30] },
          after: { status: 'success', payload: [10, 20, 30], output: [10, 20, 30] },
        },
      })
    },
  },
  {
    id: 'foreach.slow-items-first',
    shows: ['foreach.order', 'foreach.index'],
    async play(stage) {
      const gates = upTo(4).map(() => createGate())
      const ended: unknown[] = []
      const turns = step('turns', async ({ inputData, index = -1 }) => {
        await gates[index]?.pass()
        ended.push(index)
        gates[index - 1]?.open()
        return inputData
      })
      const each = over('backwards').foreach(turns, { concurrency: 4 }).commit()
      const { started } = await begin(stage, each, { inputData: ['a', 'b', 'c', 'd'] })
      gates[3]?.open()
      deepEqual(resultOf(await stage.settle(started)), ['a', 'b', 'c', 'd'])
      deepEqual(ended, [3, 2, 1, 0])
    },
  },
  {
    id: 'foreach.one-after-the-other',
    shows: ['foreach.one-at-a-time'],
    async play(stage) {
      const lane = createLane()
      const body = step('body', ({ index }) => lane.during(index, breath))
      const { result } = await finish(stage, over('single').foreach(body).commit(), { inputData: upTo(4) })
      equal(result.status, 'success')
      deepEqual([lane.most, lane.began], [1, [0, 1, 2, 3]])
    },
  },
  {
    id: 'foreach.three-at-once',
    shows: ['foreach.concurrency'],
    async play(stage) {
      const lane = createLane()
      const gate = createGate()
      const body = step('body', ({ index }) => lane.during(index, () => gate.pass()))
      const each = over('triple').foreach(body, { concurrency: 3 }).commit()
      const { started } = await begin(stage, each, { inputData: upTo(8) })
      await stage.settle(gate.reached(3))
      await stage.quiet()
      deepEqual([...lane.began].sort(), [0, 1, 2])
      gate.open()
      equal((await stage.settle(started)).status, 'success')
      deepEqual([lane.most, lane.began.length], [3, 8])
    },
  },
  {
    id: 'foreach.more-room-than-items',
    shows: ['foreach.concurrency', 'foreach.order'],
    async play(stage) {
      const each = over('wide').foreach(adds('plus', 1), { concurrency: 50 }).commit()
      const { result } = await finish(stage, each, { inputData: upTo(3) })
      deepEqual(resultOf(result), [1, 2, 3])
    },
  },
  {
    id: 'foreach.computed-concurrency',
    shows: ['foreach.computed-concurrency', 'foreach.concurrency'],
    async play(stage) {
      const lane = createLane()
      const gate = createGate()
      const asked: unknown[] = []
      const body = step('body', ({ index }) => lane.during(index, () => gate.pass()))
      const each = workflow('computed')
        .then(lists('list', upTo(5)))
        .foreach(body, {
          concurrency: ({ inputData, getInitData, requestContext, state }) => {
            asked.push([inputData, getInitData(), requestContext.get('tenant'), state])
            return 2
          },
        })
        .commit()
      const requestContext = new RequestContext([['tenant', 'acme']])
      const options = { inputData: 'init', initialState: { mode: 'slow' }, requestContext }
      const { started } = await begin(stage, each, options)
      await stage.settle(gate.reached(2))
      await stage.quiet()
      equal(lane.began.length, 2)
      gate.open()
      await stage.settle(started)
      equal(lane.most, 2)
      deepEqual(asked, [[upTo(5), 'init', 'acme', { mode: 'slow' }]])
    },
  },
  {
    id: 'foreach.concurrency-computed-once',
    shows: ['foreach.computed-once', 'foreach.survives-restart'],
    async play(stage) {
      let asked = 0
      const concurrency = () => {
        asked += 1
        return asked === 1 ? 2 : 5
      }
      const each = over('once').foreach(itemAsks('ask'), { concurrency }).commit()
      const { engine, run } = await finish(stage, each, { inputData: upTo(5) })
      const there = await elsewhere(stage, engine, run)
      let result = await stage.settle(there.run.resume({ resumeData: true }))
      while (result.status === 'suspended') result = await stage.settle(there.run.resume({ resumeData: true }))
      deepEqual(
        resultOf(result),
        upTo(5).map((item) => [item, true]),
      )
      equal(asked, 1)
    },
  },
  {
    id: 'foreach.concurrency-of-no-use',
    shows: ['foreach.unusable-concurrency', 'foreach.one-at-a-time'],
    async play(stage) {
      for (const useless of [0, -2, Number.NaN, 'two', undefined, null]) {
        const lane = createLane()
        const body = step('body', ({ index }) => lane.during(index, breath))
        const each = over(`useless-${useless}`)
          .foreach(body, { concurrency: () => useless as number })
          .commit()
        const { result } = await finish(stage, each, { inputData: upTo(3) })
        equal(result.status, 'success', String(useless))
        equal(lane.most, 1, String(useless))
      }
    },
  },
  {
    id: 'foreach.concurrency-of-any-number',
    shows: ['foreach.computed-concurrency', 'foreach.concurrency'],
    async play(stage) {
      const together = { 2.9: 2, 4: 4, [Number.MAX_SAFE_INTEGER]: 5, [Number.POSITIVE_INFINITY]: 5 }
      for (const [given, expected] of Object.entries(together)) {
        const lane = createLane()
        const gate = createGate()
        const body = step('body', ({ index }) => lane.during(index, () => gate.pass()))
        const each = over(`any-${given}`)
          .foreach(body, { concurrency: async () => Number(given) })
          .commit()
        const { started } = await begin(stage, each, { inputData: upTo(5) })
        await stage.settle(gate.reached(expected))
        await stage.quiet()
        gate.open()
        deepEqual((await stage.settle(started)).status, 'success')
        equal(lane.most, expected, given)
      }
    },
  },
  {
    id: 'foreach.concurrency-throws',
    shows: ['foreach.concurrency-throws'],
    async play(stage) {
      let ran = 0
      const body = step('body', () => ++ran)
      const concurrency = () => {
        throw new Error('no idea')
      }
      const each = over('broken').foreach(body, { concurrency, id: 'the-list' }).commit()
      const { result } = await finish(stage, each, { inputData: [1] })
      const error = errorOf(result)
      ok(error instanceof WorkflowError)
      equal(error.code, 'WF_STEP_FUNCTION')
      match(error.message, /the-list.*no idea/)
      equal(ran, 0)
    },
  },
  {
    id: 'foreach.no-items',
    shows: ['foreach.empty'],
    async play(stage) {
      let ran = 0
      const body = step('body', () => ++ran)
      const each = over('none').foreach(body, { concurrency: 3 }).then(echoes('after')).commit()
      const { result } = await finish(stage, each, { inputData: [] })
      deepEqual(told(result), {
        status: 'success',
        result: [],
        input: [],
        stepExecutionPath: ['after'],
        steps: {
          input: [],
          body: { status: 'success', payload: [], output: [] },
          after: { status: 'success', payload: [], output: [] },
        },
      })
      equal(ran, 0)
    },
  },
  {
    id: 'foreach.empty-values',
    shows: ['foreach.empty-values'],
    async play(stage) {
      const empty = [undefined, null, 0, '', false, Number.NaN]
      for (const concurrency of [1, 3]) {
        const given: unknown[] = []
        const same = step('same', ({ inputData, index = -1 }) => {
          given[index] = inputData
          return inputData
        })
        const each = over('empty').foreach(same, { concurrency }).then(echoes('after')).commit()
        const { result } = await finish(stage, each, { inputData: empty })
        deepEqual(resultOf(result), empty)
        deepEqual(given, empty)
      }
    },
  },
  {
    id: 'foreach.nothing-from-any',
    shows: ['foreach.empty-values'],
    async play(stage) {
      const each = over('silent')
        .foreach(step('silent-item', () => undefined))
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, each, { inputData: upTo(3) })
      const outputs = resultOf(result)
      ok(Array.isArray(outputs))
      deepEqual(outputs, [undefined, undefined, undefined])
      deepEqual(Object.keys(outputs), ['0', '1', '2'])
    },
  },
  {
    id: 'foreach.no-list',
    shows: ['foreach.not-a-list'],
    async play(stage) {
      for (const [index, wrong] of ['abc', { length: 2 }, 7, null, undefined, new Set([1])].entries()) {
        for (const concurrency of [2, () => 2]) {
          const id = `mistaken-${index}-${typeof concurrency}`
          let ran = 0
          const body = step('body', () => ++ran)
          const each = over(id).foreach(body, { concurrency, id: 'the-list' }).then(echoes('after')).commit()
          const { result } = await finish(stage, each, { inputData: wrong as unknown as readonly unknown[] })
          const error = errorOf(result)
          ok(error instanceof WorkflowError)
          deepEqual([error.code, error.workflowId, error.stepId], ['WF_FOREACH_INPUT', id, 'the-list'])
          equal(ran, 0)
          deepEqual(statuses(result), { body: 'failed' })
        }
      }
    },
  },
  {
    id: 'foreach.items-parsed',
    shows: ['foreach.item-input', 'foreach.failure'],
    async play(stage) {
      const ran: unknown[] = []
      const strict = createStep({
        id: 'strict',
        inputSchema: number(),
        outputSchema: any(),
        execute: async ({ inputData }) => ran.push(inputData),
      })
      const given = createStep({
        id: 'given',
        inputSchema: any(),
        outputSchema: any<number[]>(),
        execute: () => [1, 'two' as unknown as number, 3],
      })
      const each = workflow('parsed').then(given).foreach(strict).commit()
      const { result } = await finish(stage, each)
      const error = errorOf(result)
      match(error.message, /^Step input validation failed: \n- /)
      ok(error instanceof WorkflowError)
      deepEqual([error.code, error.stepId], ['WF_STEP_INPUT_INVALID', 'strict'])
      deepEqual(ran, [1])
    },
  },
]
