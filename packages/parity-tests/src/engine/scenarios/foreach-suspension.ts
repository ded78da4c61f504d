import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { createLane, itemAsks, over, together, upTo } from './parts/items.js'
import { echoes, step } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { resultOf, statuses, suspendedIn, told } from './parts/told.js'

const labels = { outputOptions: { includeResumeLabels: true } } as const

export const foreachSuspensionScenarios: readonly Scenario[] = [
  {
    id: 'foreach.suspended-in-the-middle',
    shows: ['foreach.suspension', 'foreach.suspended-path', 'foreach.labels'],
    async play(stage) {
      const began: unknown[] = []
      const item = step('item', ({ inputData, index, resumeData, suspend }) => {
        began.push(index)
        if (inputData === 'b' && !resumeData) return suspend({ ask: inputData }, { resumeLabel: 'second' })
        return `${String(inputData)}!`
      })
      const each = over('middle').foreach(item).then(echoes('after')).commit()
      const { run, result } = await finish(stage, each, { inputData: ['a', 'b', 'c'], ...labels })
      deepEqual(told(result), {
        status: 'suspended',
        suspended: [['item']],
        suspendPayload: { item: { ask: 'b' } },
        resumeLabels: { second: { stepId: 'item', foreachIndex: 1 } },
        input: ['a', 'b', 'c'],
        stepExecutionPath: [],
        steps: {
          input: ['a', 'b', 'c'],
          item: { status: 'suspended', payload: ['a', 'b', 'c'], suspendPayload: { ask: 'b' } },
        },
      })
      deepEqual(began, [0, 1])
      const last = await stage.settle(run.resume({ resumeData: true, ...labels }))
      deepEqual(told(last), {
        status: 'success',
        result: ['a!', 'b!', 'c!'],
        input: ['a', 'b', 'c'],
        stepExecutionPath: ['after'],
        steps: {
          input: ['a', 'b', 'c'],
          item: {
            status: 'success',
            payload: ['a', 'b', 'c'],
            output: ['a!', 'b!', 'c!'],
            resumePayload: true,
          },
          after: { status: 'success', payload: ['a!', 'b!', 'c!'], output: ['a!', 'b!', 'c!'] },
        },
      })
      deepEqual(began, [0, 1, 1, 2])
    },
  },
  {
    id: 'foreach.one-item-per-resume',
    shows: ['foreach.resume-goes-on', 'foreach.suspension', 'foreach.labels'],
    async play(stage) {
      const each = over('one-by-one').foreach(itemAsks('item')).commit()
      let { run, result } = await finish(stage, each, { inputData: upTo(3), ...labels })
      for (const index of upTo(3)) {
        deepEqual(suspendedIn(result), [['item']])
        deepEqual(result.status === 'suspended' && [result.suspendPayload, result.resumeLabels], [
          { item: { ask: index } },
          { [`item-${index}`]: { stepId: 'item', foreachIndex: index } },
        ])
        result = await stage.settle(run.resume({ resumeData: `data ${index}`, ...labels }))
      }
      deepEqual(resultOf(result), [
        [0, 'data 0'],
        [1, 'data 1'],
        [2, 'data 2'],
      ])
    },
  },
  {
    id: 'foreach.several-suspended',
    shows: ['foreach.suspended-path', 'foreach.labels', 'foreach.suspension', 'foreach.resume-by-index'],
    async play(stage) {
      const { item, lane } = together(3)
      const each = over('several').foreach(item, { concurrency: 3 }).commit()
      const inputData = ['a', 'b', 'c', 'd']
      const { run, result } = await finish(stage, each, { inputData, ...labels })
      const labelOf = (foreachIndex: number) => [`item-${foreachIndex}`, { stepId: 'item', foreachIndex }]
      deepEqual(told(result), {
        status: 'suspended',
        suspended: [['item']],
        suspendPayload: { item: { ask: 'a' } },
        resumeLabels: Object.fromEntries([0, 1, 2].map(labelOf)),
        input: inputData,
        stepExecutionPath: [],
        steps: {
          input: inputData,
          item: { status: 'suspended', payload: inputData, suspendPayload: { ask: 'a' } },
        },
      })
      const second = await stage.settle(run.resume({ forEachIndex: 0, resumeData: 'A', ...labels }))
      deepEqual(suspendedIn(second), [['item']])
      deepEqual(second.status === 'suspended' && [second.suspendPayload, second.resumeLabels], [
        { item: { ask: 'b' } },
        Object.fromEntries([1, 2, 3].map(labelOf)),
      ])
      deepEqual(lane.began, [0])
    },
  },
  {
    id: 'foreach.suspended-beside-a-running-item',
    shows: ['foreach.suspension'],
    async play(stage) {
      const gate = createGate()
      const lane = createLane()
      const item = step('item', ({ index, resumeData, suspend }) =>
        lane.during(index, async () => {
          if (index === 0) return resumeData ?? suspend()
          if (index === 1) await gate.pass()
          return index
        }),
      )
      const each = over('beside').foreach(item, { concurrency: 2 }).commit()
      const { run, started } = await begin(stage, each, { inputData: upTo(5) })
      await stage.settle(gate.reached())
      await stage.quiet()
      equal(await stage.settle(run.status()), 'running')
      gate.open()
      const result = await stage.settle(started)
      deepEqual(suspendedIn(result), [['item']])
      deepEqual(statuses(result), { item: 'suspended' })
      deepEqual([...lane.began].sort(), [0, 1])
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 'zero' }))), ['zero', 1, 2, 3, 4])
      deepEqual([...lane.began].sort(), [0, 0, 1, 2, 3, 4])
    },
  },
  {
    id: 'foreach.suspended-over-restarts',
    shows: ['foreach.survives-restart', 'foreach.payloads-kept'],
    async play(stage) {
      const began: unknown[] = []
      const item = step('item', ({ inputData, resumeData, suspendData, suspend }) => {
        began.push(inputData)
        if (inputData === 'quick') return 'done'
        return resumeData === undefined ? suspend({ was: inputData }) : [suspendData, resumeData]
      })
      const each = over('restarted').foreach(item, { concurrency: 3 }).then(echoes('after')).commit()
      const inputData = ['quick', 'b', 'quick', 'd']
      let { engine, run, result } = await finish(stage, each, { inputData })
      for (const resumeData of [1, 2, 3, 4]) {
        if (result.status !== 'suspended') break
        const there = await elsewhere(stage, engine, run)
        engine = there.engine
        run = there.run
        result = await stage.settle(run.resume({ resumeData }))
      }
      const [first, second, third, fourth] = resultOf(result) as unknown[][]
      deepEqual([first, third], ['done', 'done'])
      deepEqual([second?.[0], fourth?.[0]], [{ was: 'b' }, { was: 'd' }])
      deepEqual([...began].sort(), ['b', 'b', 'd', 'd', 'quick', 'quick'])
    },
  },
  {
    id: 'foreach.suspends-twice',
    shows: ['foreach.suspends-again', 'foreach.payloads-kept'],
    async play(stage) {
      const seen: unknown[] = []
      const item = step('item', ({ inputData, resumeData, suspendData, suspend }) => {
        seen.push([inputData, resumeData, suspendData])
        if (inputData === 'quick') return inputData
        if (resumeData === undefined) return suspend({ stage: 1 })
        return resumeData === 'more' ? suspend({ stage: 2 }) : [inputData, suspendData, resumeData]
      })
      const each = over('again').foreach(item).commit()
      const { run, result } = await finish(stage, each, { inputData: ['quick', 'slow'] })
      deepEqual(result.status === 'suspended' && result.suspendPayload, { item: { stage: 1 } })
      const second = await stage.settle(run.resume({ resumeData: 'more' }))
      deepEqual(second.status === 'suspended' && second.suspendPayload, { item: { stage: 2 } })
      const last = await stage.settle(run.resume({ resumeData: 'enough' }))
      deepEqual(resultOf(last), ['quick', ['slow', { stage: 2 }, 'enough']])
      deepEqual(seen, [
        ['quick', undefined, undefined],
        ['slow', undefined, undefined],
        ['slow', 'more', { stage: 1 }],
        ['slow', 'enough', { stage: 2 }],
      ])
    },
  },
  {
    id: 'foreach.no-such-item',
    shows: ['foreach.resume-unknown'],
    async play(stage) {
      const each = over('unknown').foreach(itemAsks('item')).commit()
      const { run } = await finish(stage, each, { inputData: upTo(3) })
      for (const asked of [{ forEachIndex: 1 }, { forEachIndex: 3 }, { label: 'item-2' }]) {
        await refusal(stage, run.resume({ resumeData: 'x', ...asked }), 'WF_UNKNOWN_TARGET')
        equal(await stage.settle(run.status()), 'suspended')
      }
      await stage.settle(run.resume({ resumeData: 'x', forEachIndex: 0 }))
      await refusal(stage, run.resume({ resumeData: 'x', forEachIndex: 0 }), 'WF_UNKNOWN_TARGET')
      await refusal(stage, run.resume({ resumeData: 'x', label: 'item-0' }), 'WF_UNKNOWN_TARGET')
      equal(await stage.settle(run.status()), 'suspended')
    },
  },
]
