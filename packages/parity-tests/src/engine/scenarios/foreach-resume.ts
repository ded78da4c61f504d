import { deepEqual, equal, ok } from 'node:assert/strict'
import { createGate, type Gate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { begin, finish } from './parts/begin.js'
import { breath, createLane, over, together, upTo } from './parts/items.js'
import { step } from './parts/loose.js'
import { refused } from './parts/refused.js'
import { resultOf } from './parts/told.js'

async function suspendedItems(stage: Stage, concurrency: number, count: number) {
  const { item, lane } = together(Math.min(concurrency, count))
  const each = over('together').foreach(item, { concurrency }).commit()
  const begun = await finish(stage, each, { inputData: upTo(count) })
  equal(begun.result.status, 'suspended')
  return { ...begun, lane }
}

const told = (count: number, data: (index: number) => unknown): unknown =>
  upTo(count).map((index) => [index, data(index), { ask: index }])

export const foreachResumeScenarios: readonly Scenario[] = [
  {
    id: 'foreach.resumed-by-index',
    shows: ['foreach.resume-by-index', 'foreach.resume-one-by-one', 'foreach.payloads-kept'],
    async play(stage) {
      const { run, lane } = await suspendedItems(stage, 3, 3)
      const second = await stage.settle(run.resume({ step: 'item', forEachIndex: 2, resumeData: 'c' }))
      equal(second.status, 'suspended')
      deepEqual(second.status === 'suspended' && second.suspendPayload, { item: { ask: 0 } })
      const third = await stage.settle(run.resume({ forEachIndex: 0, resumeData: 'a' }))
      deepEqual(third.status === 'suspended' && third.suspendPayload, { item: { ask: 1 } })
      const last = await stage.settle(run.resume({ forEachIndex: 1, resumeData: 'b' }))
      deepEqual(
        resultOf(last),
        told(3, (index) => ['a', 'b', 'c'][index]),
      )
      deepEqual(lane.began, [2, 0, 1])
    },
  },
  {
    id: 'foreach.resumed-by-label',
    shows: ['foreach.resume-by-label', 'foreach.resume-one-by-one', 'foreach.labels'],
    async play(stage) {
      const { run, lane } = await suspendedItems(stage, 3, 3)
      const second = await stage.settle(run.resume({ label: 'item-1', resumeData: 'b' }))
      equal(second.status, 'suspended')
      deepEqual(Object.keys((second.status === 'suspended' && second.resumeLabels) || {}).sort(), ['item-0', 'item-2'])
      equal((await stage.settle(run.resume({ label: 'item-2', resumeData: 'c' }))).status, 'suspended')
      const last = await stage.settle(run.resume({ label: 'item-0', resumeData: 'a' }))
      deepEqual(
        resultOf(last),
        told(3, (index) => ['a', 'b', 'c'][index]),
      )
      deepEqual(lane.began, [1, 2, 0])
    },
  },
  {
    id: 'foreach.resumed-all-at-once',
    shows: ['foreach.resume-all', 'foreach.payloads-kept'],
    async play(stage) {
      for (const target of [{}, { step: 'item' }, { step: ['item'] }]) {
        const { engine, run, lane } = await suspendedItems(stage, 4, 4)
        const last = await stage.settle(run.resume({ ...target, resumeData: 'same' }))
        deepEqual(
          resultOf(last),
          told(4, () => 'same'),
        )
        deepEqual([...lane.began].sort(), [0, 1, 2, 3])
        await stage.settle(engine.close())
      }
    },
  },
  {
    id: 'foreach.resumed-one-then-the-rest',
    shows: ['foreach.resume-all', 'foreach.resume-by-index'],
    async play(stage) {
      const { run } = await suspendedItems(stage, 4, 4)
      equal((await stage.settle(run.resume({ forEachIndex: 1, resumeData: 'one' }))).status, 'suspended')
      const last = await stage.settle(run.resume({ resumeData: 'rest' }))
      deepEqual(
        resultOf(last),
        told(4, (index) => (index === 1 ? 'one' : 'rest')),
      )
    },
  },
  {
    id: 'foreach.resumed-at-one-moment',
    shows: ['foreach.resume-together', 'foreach.resume-one-by-one'],
    async play(stage) {
      const { run, lane } = await suspendedItems(stage, 3, 3)
      const resumes = upTo(3).map((forEachIndex) => run.resume({ forEachIndex, resumeData: `data ${forEachIndex}` }))
      const results = await stage.settle(Promise.all(resumes))
      const ended = await stage.settle(run.result())
      deepEqual(
        resultOf(ended),
        told(3, (index) => `data ${index}`),
      )
      for (const { status } of results) ok(status === 'success' || status === 'suspended')
      deepEqual([...lane.began].sort(), [0, 1, 2])
    },
  },
  {
    id: 'foreach.one-item-resumed-twice',
    shows: ['foreach.resume-once'],
    async play(stage) {
      const { run, lane } = await suspendedItems(stage, 2, 2)
      const resumes = ['x', 'y'].map((resumeData) => run.resume({ forEachIndex: 1, resumeData }))
      const settled = await stage.settle(Promise.allSettled(resumes))
      deepEqual(settled.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      const lost = resumes[settled.findIndex(({ status }) => status === 'rejected')]
      await refused(lost ?? Promise.resolve(), 'WF_CONFLICT')
      deepEqual(lane.began, [1])
      const last = await stage.settle(run.resume({ resumeData: 'z' }))
      const winner = settled[0]?.status === 'fulfilled' ? 'x' : 'y'
      deepEqual(
        resultOf(last),
        told(2, (index) => (index === 1 ? winner : 'z')),
      )
    },
  },
  {
    id: 'foreach.resumed-beside-a-running-item',
    shows: ['foreach.resume-while-running'],
    async play(stage) {
      const gate = createGate()
      const item = step('item', async ({ index, resumeData, suspend }) => {
        if (index === 0) return resumeData ?? suspend()
        await gate.pass()
        return index
      })
      const each = over('running').foreach(item, { concurrency: 2 }).commit()
      const { run, started } = await begin(stage, each, { inputData: upTo(2) })
      await stage.settle(gate.reached())
      await stage.quiet()
      const resumed = run.resume({ forEachIndex: 0, resumeData: 'zero' })
      await stage.quiet()
      gate.open()
      deepEqual(resultOf(await stage.settle(resumed)), ['zero', 1])
      deepEqual(resultOf(await stage.settle(started)), ['zero', 1])
    },
  },
  {
    id: 'foreach.next-item-beside-a-resumed-one',
    shows: ['foreach.resume-goes-on', 'foreach.concurrency'],
    async play(stage) {
      const gate = createGate()
      const met = createGate()
      const lane = createLane()
      const item = step('item', ({ index = -1, resumeData, suspend }) =>
        lane.during(index, async () => {
          if (index < 2 && resumeData === undefined) {
            const both = met.reached(2).then(() => met.open())
            await Promise.all([met.pass(), both])
            return suspend()
          }
          await gate.pass()
          return index
        }),
      )
      const each = over('beside').foreach(item, { concurrency: 2 }).commit()
      const { run } = await finish(stage, each, { inputData: upTo(5) })
      deepEqual([...lane.began].sort(), [0, 1])
      const resumed = run.resume({ forEachIndex: 0, resumeData: true })
      await stage.settle(gate.reached(2))
      await stage.quiet()
      // Items that are suspended take no room: one new item runs beside the resumed one, and no second.
      deepEqual([...lane.began].slice(2).sort(), [0, 2])
      gate.open()
      equal((await stage.settle(resumed)).status, 'suspended')
      deepEqual([...lane.began].slice(2).sort(), [0, 2, 3, 4])
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: true }))), upTo(5))
      equal(lane.most, 2)
    },
  },
  {
    id: 'foreach.many-resumed-few-at-once',
    shows: ['foreach.resume-within-concurrency', 'foreach.resume-all'],
    async play(stage) {
      const ITEMS = 6
      const lane = createLane()
      const item = step('item', ({ index, resumeData, suspend }) =>
        lane.during(index, async () => {
          await breath()
          return resumeData === 'enough' ? index : suspend()
        }),
      )
      const each = over('crowd').foreach(item, { concurrency: 2 }).commit()
      const { run } = await finish(stage, each, { inputData: upTo(ITEMS) })
      // What is resumed suspends again, and beside it a new item begins and suspends as well.
      for (let asked = 0; new Set(lane.began).size < ITEMS && asked < 20; asked += 1) {
        equal((await stage.settle(run.resume({ resumeData: 'more', forEachIndex: 0 }))).status, 'suspended')
      }
      equal(new Set(lane.began).size, ITEMS)
      // Those that had to wait for room go on although the others suspend again.
      lane.began.length = 0
      equal((await stage.settle(run.resume({ resumeData: 'more' }))).status, 'suspended')
      deepEqual([...lane.began].sort(), upTo(ITEMS))
      lane.began.length = 0
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 'enough' }))), upTo(ITEMS))
      deepEqual([...lane.began].sort(), upTo(ITEMS))
      ok(lane.most <= 2)
    },
  },
  {
    id: 'foreach.resumed-item-waits-for-room',
    shows: ['foreach.resume-within-concurrency', 'foreach.resume-together'],
    async play(stage) {
      const gates: Gate[] = upTo(2).map(() => createGate())
      const met = createGate()
      const lane = createLane()
      const item = step('item', ({ index = -1, resumeData, suspend }) =>
        lane.during(index, async () => {
          if (resumeData === 'enough') return index
          if (resumeData === undefined && index < 2) {
            await Promise.all([met.pass(), met.reached(2).then(() => met.open())])
            return suspend()
          }
          if (resumeData === undefined) return suspend()
          await gates[index]?.pass()
          return index
        }),
      )
      const each = over('room').foreach(item, { concurrency: 2 }).commit()
      const { run } = await finish(stage, each, { inputData: upTo(3) })
      const first = run.resume({ forEachIndex: 0, resumeData: 'wait' })
      await stage.settle(gates[0]?.reached() ?? Promise.resolve())
      await stage.quiet()
      const second = run.resume({ forEachIndex: 1, resumeData: 'wait' })
      await stage.settle(gates[1]?.reached() ?? Promise.resolve())
      // Both places are taken: a third item that is resumed now has to wait.
      const third = run.resume({ forEachIndex: 2, resumeData: 'enough' })
      await stage.quiet()
      equal(lane.began.filter((index) => index === 2).length, 1)
      for (const gate of gates) gate.open()
      for (const resumed of [first, second, third]) await stage.settle(resumed)
      deepEqual(resultOf(await stage.settle(run.result())), upTo(3))
      equal(lane.most, 2)
    },
  },
]
