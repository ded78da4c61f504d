import { deepEqual, equal, ok } from 'node:assert/strict'
import type { WorkflowResult } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { breath, itemAsks, over, upTo } from './parts/items.js'
import { adds, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { resultOf, statuses, suspendedIn } from './parts/told.js'

const HOUR = 3_600_000

const labelsOf = (result: WorkflowResult) => (result.status === 'suspended' ? result.resumeLabels : undefined)

const numbers = ({ inputData }: { readonly inputData: unknown }) => inputData as readonly unknown[]

export const foreachBlockScenarios: readonly Scenario[] = [
  {
    id: 'foreach.two-side-by-side',
    shows: ['foreach.in-blocks', 'foreach.resume-by-index'],
    async play(stage) {
      const both = over('both')
        .parallel({
          left: (flow) => flow.foreach(itemAsks('left-item')),
          right: (flow) => flow.foreach(itemAsks('right-item')),
        })
        .commit()
      let { run, result } = await finish(stage, both, { inputData: ['a', 'b'] })
      deepEqual(suspendedIn(result), [['left-item'], ['right-item']])
      await refusal(stage, run.resume({ forEachIndex: 0, resumeData: 'x' }), 'WF_AMBIGUOUS_RESUME')
      result = await stage.settle(run.resume({ step: 'right-item', forEachIndex: 0, resumeData: 1 }))
      deepEqual(suspendedIn(result), [['left-item'], ['right-item']])
      await refusal(stage, run.resume({ step: 'right-item', forEachIndex: 0, resumeData: 'x' }), 'WF_UNKNOWN_TARGET')
      await stage.settle(run.resume({ step: 'right-item', resumeData: 2 }))
      await stage.settle(run.resume({ resumeData: 3 }))
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 4 }))), {
        left: [
          ['a', 3],
          ['b', 4],
        ],
        right: [
          ['a', 1],
          ['b', 2],
        ],
      })
    },
  },
  {
    id: 'foreach.one-after-another',
    shows: ['foreach.in-blocks', 'foreach.suspension'],
    async play(stage) {
      const twice = over('twice')
        .foreach(itemAsks('first'))
        .map(numbers)
        .foreach(
          step('second', ({ inputData, resumeData, suspend }) => (resumeData ? [inputData, resumeData] : suspend())),
        )
        .commit()
      const { run, result } = await finish(stage, twice, { inputData: ['a'] })
      deepEqual(suspendedIn(result), [['first']])
      const half = await stage.settle(run.resume({ resumeData: 1 }))
      deepEqual(suspendedIn(half), [['second']])
      deepEqual(statuses(half).first, 'success')
      deepEqual(resultOf(await stage.settle(run.resume({ forEachIndex: 0, resumeData: 2 }))), [[['a', 1], 2]])
    },
  },
  {
    id: 'foreach.in-a-loop',
    shows: ['foreach.in-blocks', 'foreach.suspends-again'],
    async play(stage) {
      const item = step('item', ({ inputData, iterationCount, resumeData, suspend }) => {
        if (inputData === 2 && resumeData === undefined) return suspend({ of: inputData })
        return [Number(inputData) + 1, resumeData ?? 'none', iterationCount ?? 'no loop']
      })
      const plain = step('plain', ({ inputData }) => (inputData as readonly unknown[][]).map(([value]) => value))
      const loop = over('loop')
        .dountil(
          (flow) => flow.foreach(item, { concurrency: 2 }).then(plain).map(numbers),
          ({ inputData }) => (inputData as readonly number[]).every((value) => value >= 3),
        )
        .commit()
      let { run, result } = await finish(stage, loop, { inputData: [1, 2] })
      for (const data of ['x', 'y']) {
        deepEqual(result.status === 'suspended' && result.suspendPayload, { item: { of: 2 } })
        result = await stage.settle(run.resume({ resumeData: data }))
      }
      deepEqual(resultOf(result), [3, 4])
    },
  },
  {
    id: 'foreach.parallels-as-items',
    shows: ['foreach.in-blocks', 'foreach.resume-all', 'foreach.order'],
    async play(stage) {
      const each = over('pairs')
        .foreach((flow) => flow.parallel([itemAsks('one'), itemAsks('other')]), { concurrency: 2 })
        .commit()
      const met = await finish(stage, each, { inputData: ['a'] })
      deepEqual(suspendedIn(met.result), [['one'], ['other']])
      await refusal(stage, met.run.resume({ forEachIndex: 0, resumeData: 'x' }), 'WF_AMBIGUOUS_RESUME')
      deepEqual(suspendedIn(await stage.settle(met.run.resume({ step: 'other', resumeData: 2 }))), [['one']])
      deepEqual(resultOf(await stage.settle(met.run.resume({ resumeData: 1 }))), [{ one: ['a', 1], other: ['a', 2] }])
    },
  },
  {
    id: 'foreach.parallels-resumed-within-the-concurrency',
    shows: ['foreach.resume-within-concurrency', 'foreach.in-blocks'],
    async play(stage) {
      const ITEMS = 4
      const under = new Map<unknown, number>()
      let most = 0
      const during = async (item: unknown, work: () => Promise<unknown>): Promise<unknown> => {
        under.set(item, (under.get(item) ?? 0) + 1)
        most = Math.max(most, under.size)
        const value = await work()
        const left = (under.get(item) ?? 0) - 1
        if (left > 0) under.set(item, left)
        else under.delete(item)
        return value
      }
      const began = new Set<unknown>()
      const part = <const Id extends string>(id: Id) =>
        step(id, ({ inputData, resumeData, suspend }) =>
          during(inputData, async () => {
            began.add(inputData)
            await breath()
            return resumeData === 'enough' ? inputData : suspend()
          }),
        )
      const each = over('pairs')
        .foreach((flow) => flow.parallel([part('one'), part('other')]), { concurrency: 2 })
        .commit()
      const { run } = await finish(stage, each, { inputData: upTo(ITEMS) })
      for (let asked = 0; began.size < ITEMS && asked < 20; asked += 1) {
        const again = run.resume({ step: asked % 2 === 0 ? 'one' : 'other', forEachIndex: 0, resumeData: 'more' })
        equal((await stage.settle(again)).status, 'suspended')
      }
      equal(began.size, ITEMS)
      // Both halves of every item are resumed, half of them while there is no room for their item.
      const halves = ['one', 'other'].map((half) => run.resume({ step: half, resumeData: 'enough' }))
      await stage.settle(Promise.all(halves))
      deepEqual(
        resultOf(await stage.settle(run.result())),
        upTo(ITEMS).map((item) => ({ one: item, other: item })),
      )
      ok(most <= 2, `${most} at once`)
    },
  },
  {
    id: 'foreach.sleeping-items',
    shows: ['foreach.in-blocks', 'foreach.concurrency'],
    async play(stage) {
      const woke: number[] = []
      const notes = step('notes', ({ inputData }) => {
        woke.push(stage.clock.now())
        return inputData
      })
      const each = over('sleepers')
        .foreach((flow) => flow.sleep(HOUR, { id: 'nap' }).then(notes), { concurrency: 2 })
        .commit()
      const before = stage.clock.now()
      const { result } = await finish(stage, each, { inputData: upTo(4) })
      deepEqual(resultOf(result), upTo(4))
      deepEqual(
        woke.map((time) => Math.floor((time - before) / HOUR)),
        [1, 1, 2, 2],
      )
    },
  },
  {
    id: 'foreach.index-of-the-item-alone',
    shows: ['foreach.labels', 'foreach.in-blocks', 'foreach.resume-by-index'],
    async play(stage) {
      const body = step('body', ({ inputData, iterationCount = 0, resumeData, suspend }) =>
        iterationCount < 2 || resumeData !== undefined
          ? inputData
          : suspend({}, { resumeLabel: `label-${String(inputData)}` }),
      )
      const twice = async ({ iterationCount }: { readonly iterationCount: number }) => iterationCount === 2
      const labels = { outputOptions: { includeResumeLabels: true } }
      const loop = workflow('loop').dountil(body, twice).commit()
      const alone = await finish(stage, loop, { inputData: 'x', ...labels })
      deepEqual(labelsOf(alone.result), { 'label-x': { stepId: 'body' } })
      await refusal(stage, alone.run.resume({ forEachIndex: 1, resumeData: 1 }), 'WF_UNKNOWN_TARGET')
      const each = over('each')
        .foreach((flow) => flow.dountil(body, twice))
        .commit()
      const items = await finish(stage, each, { inputData: ['x'], ...labels })
      deepEqual(labelsOf(items.result), { 'label-x': { stepId: 'body', foreachIndex: 0 } })
      await refusal(stage, items.run.resume({ forEachIndex: 1, resumeData: 1 }), 'WF_UNKNOWN_TARGET')
      deepEqual(resultOf(await stage.settle(items.run.resume({ forEachIndex: 0, resumeData: 1 }))), ['x'])
    },
  },
  {
    id: 'foreach.arms-as-items',
    shows: ['foreach.in-blocks', 'foreach.resume-goes-on'],
    async play(stage) {
      const even = ({ inputData }: { readonly inputData: unknown }) => Number(inputData) % 2 === 0
      const asked: unknown[] = []
      const each = over('arms')
        .foreach((flow) =>
          flow.branch([
            [
              async (context) => {
                asked.push(context.inputData)
                return even(context)
              },
              itemAsks('ask'),
            ],
            [async (context) => !even(context), adds('plus', 10)],
          ]),
        )
        .commit()
      const { run, result } = await finish(stage, each, { inputData: upTo(3) })
      deepEqual(suspendedIn(result), [['ask']])
      deepEqual(suspendedIn(await stage.settle(run.resume({ resumeData: 'x' }))), [['ask']])
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 'y' }))), [
        { ask: [0, 'x'] },
        { plus: 11 },
        { ask: [2, 'y'] },
      ])
      deepEqual(asked, [0, 1, 2])
    },
  },
  {
    id: 'foreach.beside-a-running-member',
    shows: ['foreach.in-blocks', 'foreach.resume-while-running'],
    async play(stage) {
      const gate = createGate()
      const slow = step('slow', () => gate.pass())
      const each = over('beside')
        .parallel({ slow, list: (flow) => flow.foreach(itemAsks('item')) })
        .commit()
      const engine = await stage.engine(each)
      const run = await engine.createRun(each)
      const started = run.start({ inputData: upTo(2) })
      await stage.settle(gate.reached())
      await stage.quiet()
      const resumed = run.resume({ step: 'item', forEachIndex: 0, resumeData: 'zero' })
      await stage.quiet()
      const again = run.resume({ step: 'item', forEachIndex: 1, resumeData: 'one' })
      await stage.quiet()
      gate.open()
      for (const waited of [started, resumed, again]) {
        deepEqual(resultOf(await stage.settle(waited)), {
          slow: undefined,
          list: [
            [0, 'zero'],
            [1, 'one'],
          ],
        })
      }
    },
  },
]
