import { deepEqual, equal } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { lists, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, suspendedIn } from './parts/told.js'
import { notedSteps, travel } from './parts/travelling.js'

export const timeTravelPlaceScenarios: readonly Scenario[] = [
  {
    id: 'time-travel.member-of-a-parallel',
    shows: ['time-travel.parallel'],
    async play(stage) {
      const { noted, ran } = notedSteps()
      const flow = workflow('block')
        .then(noted('a'))
        .parallel([noted('p'), noted('q'), noted('r')])
        .then(noted('z'))
      const { run } = await finish(stage, flow.commit())
      for (const member of ['p', 'q', 'r'] as const) {
        ran()
        equal(resultOf(await travel(stage, run, { step: member })), 'Z')
        deepEqual(ran(), [
          [member, 'A'],
          ['z', { p: 'P', q: 'Q', r: 'R' }],
        ])
      }
      await travel(stage, run, { step: 'q', inputData: 9 })
      deepEqual(ran()[0], ['q', 9])
    },
  },
  {
    id: 'time-travel.members-that-had-failed',
    shows: ['time-travel.parallel-open', 'time-travel.from-failure'],
    async play(stage) {
      const { noted, ids, broken } = notedSteps()
      const flow = workflow('block')
        .parallel([noted('p'), noted('q'), noted('r')])
        .then(noted('z'))
        .commit()
      broken.add('p')
      const { run, result } = await finish(stage, flow)
      equal(errorOf(result).message, 'p fails')
      ids()
      broken.clear()
      equal(resultOf(await travel(stage, run, { step: 'q' })), 'Z')
      deepEqual(ids().sort(), ['p', 'q', 'z'])
    },
  },
  {
    id: 'time-travel.members-that-are-suspended',
    shows: ['time-travel.parallel-open', 'time-travel.suspends'],
    async play(stage) {
      const { noted, ids, asking } = notedSteps()
      const flow = workflow('block')
        .parallel([noted('p'), noted('q'), noted('r')])
        .then(noted('z'))
        .commit()
      asking.add('p').add('r')
      const { run, engine } = await finish(stage, flow)
      ids()
      const again = await travel(stage, run, { step: 'q' })
      deepEqual(suspendedIn(again), [['p'], ['r']])
      deepEqual(ids(), ['q'])
      deepEqual(suspendedIn(await travel(stage, run, { step: 'r' })), [['p'], ['r']])
      deepEqual(ids(), ['r'])
      const next = await elsewhere(stage, engine, run)
      await stage.settle(next.run.resume({ step: 'p', resumeData: 'p!' }))
      equal(resultOf(await stage.settle(next.run.resume({ step: 'r', resumeData: 'r!' }))), 'Z')
    },
  },
  {
    id: 'time-travel.arm-of-a-branch',
    shows: ['time-travel.branch', 'time-travel.branch-other'],
    async play(stage) {
      const { noted, ran } = notedSteps()
      let asked = 0
      const when = (is: boolean) => async () => {
        asked += 1
        return is
      }
      const flow = workflow('arms')
        .then(noted('a'))
        .branch([
          [when(true), noted('p')],
          [when(false), noted('q')],
          [when(true), noted('r')],
        ])
        .then(noted('z'))
        .commit()
      const { run } = await finish(stage, flow)
      ran()
      asked = 0
      const again = await travel(stage, run, { step: 'r' })
      deepEqual(ran(), [
        ['r', 'A'],
        ['z', { p: 'P', r: 'R' }],
      ])
      deepEqual(statuses(again), { a: 'success', p: 'success', r: 'success', z: 'success' })
      const other = await travel(stage, run, { step: 'q' })
      deepEqual(ran(), [
        ['q', 'A'],
        ['z', { q: 'Q' }],
      ])
      deepEqual(statuses(other), { a: 'success', q: 'success', z: 'success' })
      equal(asked, 0)
    },
  },
  {
    id: 'time-travel.into-a-loop',
    shows: ['time-travel.loop'],
    async play(stage) {
      const { noted, ran } = notedSteps()
      const add = noted('add', ({ inputData }) => Number(inputData) + 1)
      const flow = workflow('loop')
        .then(noted('a', () => 0))
        .dountil(add, async ({ inputData }) => Number(inputData) >= 3)
        .then(noted('z', ({ inputData }) => inputData))
        .commit()
      const { run } = await finish(stage, flow)
      ran()
      equal(resultOf(await travel(stage, run, { step: 'add' })), 3)
      deepEqual(
        ran().map(([id, input]) => [id, input]),
        [
          ['add', 0],
          ['add', 1],
          ['add', 2],
          ['z', 3],
        ],
      )
      const last = await travel(stage, run, { step: 'add', iteration: 2 })
      deepEqual(ran(), [
        ['add', 2],
        ['z', 3],
      ])
      deepEqual((last.steps as Record<string, { metadata?: unknown }>).add?.metadata, { iterationCount: 3 })
      equal(resultOf(await travel(stage, run, { step: 'add', iteration: 1, inputData: 10 })), 11)
      deepEqual(ran(), [
        ['add', 10],
        ['z', 11],
      ])
    },
  },
  {
    id: 'time-travel.items-that-are-missing',
    shows: ['time-travel.foreach-missing', 'time-travel.foreach-again', 'time-travel.foreach-index'],
    async play(stage) {
      const { noted, ran, broken } = notedSteps()
      const item = noted('item', ({ inputData }) => {
        if (broken.has(String(inputData))) throw new Error(`${inputData} fails`)
        return `${inputData}!`
      })
      const flow = workflow('items')
        .then(lists('list', ['x', 'y', 'z']))
        .foreach(item, { concurrency: 1 })
        .then(noted('end'))
      broken.add('y')
      const { run, engine, result } = await finish(stage, flow.commit())
      equal(errorOf(result).message, 'y fails')
      ran()
      broken.clear()
      const next = await elsewhere(stage, engine, run)
      const again = await travel(stage, next.run, { step: 'item' })
      deepEqual(
        ran()
          .filter(([id]) => id === 'item')
          .map(([, input]) => input)
          .sort(),
        ['y', 'z'],
      )
      deepEqual((again.steps as Record<string, { output?: unknown }>).item?.output, ['x!', 'y!', 'z!'])
      await travel(stage, next.run, { step: 'item', forEachIndex: 2 })
      deepEqual(ran(), [
        ['item', 'z'],
        ['end', ['x!', 'y!', 'z!']],
      ])
      await travel(stage, next.run, { step: 'item', forEachIndex: 0, inputData: 'other' })
      deepEqual(ran(), [
        ['item', 'other'],
        ['end', ['other!', 'y!', 'z!']],
      ])
      await travel(stage, next.run, { step: 'item' })
      equal(ran().length, 4)
    },
  },
  {
    id: 'time-travel.items-that-are-suspended',
    shows: ['time-travel.foreach-index', 'time-travel.suspends'],
    async play(stage) {
      const calls: unknown[] = []
      const item = step('item', ({ inputData, resumeData, suspend }) => {
        calls.push(inputData)
        return resumeData ?? (inputData === 'y' ? `${inputData}!` : suspend({ of: inputData }))
      })
      const flow = workflow('items')
        .then(lists('list', ['x', 'y', 'z']))
        .foreach(item, { concurrency: 3 })
        .commit()
      const { run } = await finish(stage, flow)
      calls.length = 0
      deepEqual(suspendedIn(await travel(stage, run, { step: 'item', forEachIndex: 1 })), [['item']])
      deepEqual(calls, ['y'])
      await travel(stage, run, { step: 'item', forEachIndex: 2 })
      deepEqual(calls, ['y', 'z'])
      await stage.settle(run.resume({ forEachIndex: 0, resumeData: 'X' }))
      deepEqual(resultOf(await stage.settle(run.resume({ forEachIndex: 2, resumeData: 'Z' }))), ['X', 'y!', 'Z'])
    },
  },
]
