import { deepEqual, equal } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { lists, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, suspendedIn } from './parts/told.js'
import { notedSteps, travel } from './parts/travelling.js'

/** `a`, then `inner` of `i1`, `deep` of (`d1`, `d2`), `i3`, then `z`. */
function nested() {
  const steps = notedSteps()
  const { noted } = steps
  const deep = workflow('deep').then(noted('d1')).then(noted('d2')).commit()
  const inner = workflow('inner').then(noted('i1')).then(deep).then(noted('i3')).commit()
  return { ...steps, inner, flow: workflow('outer').then(noted('a')).then(inner).then(noted('z')).commit() }
}

export const timeTravelNestedScenarios: readonly Scenario[] = [
  {
    id: 'time-travel.step-of-a-nested-workflow',
    shows: ['time-travel.nested', 'time-travel.targets', 'time-travel.nested-whole'],
    async play(stage) {
      const { flow, inner, ran, ids } = nested()
      const { run, engine } = await finish(stage, flow)
      ran()
      equal(resultOf(await travel(stage, run, { step: ['inner', 'i3'] })), 'Z')
      deepEqual(ran(), [
        ['i3', 'D2'],
        ['z', 'I3'],
      ])
      const next = await elsewhere(stage, engine, run)
      const deep = await travel(stage, next.run, { step: 'inner.deep.d2' })
      deepEqual(ran(), [
        ['d2', 'D1'],
        ['i3', 'D2'],
        ['z', 'I3'],
      ])
      deepEqual(statuses(deep), { a: 'success', inner: 'success', z: 'success' })
      await travel(stage, next.run, { step: [inner, 'deep', 'd1'] })
      deepEqual(ids(), ['d1', 'd2', 'i3', 'z'])
      await travel(stage, next.run, { step: inner })
      deepEqual(ids(), ['i1', 'd1', 'd2', 'i3', 'z'])
      await travel(stage, next.run, { step: ['inner', 'deep'] })
      deepEqual(ids(), ['d1', 'd2', 'i3', 'z'])
    },
  },
  {
    id: 'time-travel.nested-failure',
    shows: ['time-travel.nested', 'time-travel.from-failure', 'time-travel.elsewhere'],
    async play(stage) {
      const { flow, broken, ran } = nested()
      broken.add('d2')
      const { run, engine, result } = await finish(stage, flow)
      equal(errorOf(result).message, 'd2 fails')
      broken.clear()
      ran()
      const next = await elsewhere(stage, engine, run)
      equal(resultOf(await travel(stage, next.run, { step: 'inner.deep.d2' })), 'Z')
      deepEqual(ran(), [
        ['d2', 'D1'],
        ['i3', 'D2'],
        ['z', 'I3'],
      ])
    },
  },
  {
    id: 'time-travel.nested-suspension',
    shows: ['time-travel.nested', 'time-travel.suspends', 'time-travel.from-any-end'],
    async play(stage) {
      const { flow, asking, ids } = nested()
      asking.add('d2')
      const { run, result } = await finish(stage, flow)
      deepEqual(suspendedIn(result), [['inner', 'deep', 'd2']])
      ids()
      deepEqual(suspendedIn(await travel(stage, run, { step: 'inner.deep.d1' })), [['inner', 'deep', 'd2']])
      deepEqual(ids(), ['d1', 'd2'])
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'D2' }))), 'Z')
      deepEqual(ids(), ['d2', 'i3', 'z'])
    },
  },
  {
    id: 'time-travel.nested-results-that-are-given',
    shows: ['time-travel.given-nested-results', 'time-travel.fresh'],
    async play(stage) {
      const { flow, ran } = nested()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const result = await travel(stage, run, {
        step: 'inner.deep.d2',
        context: { a: { output: 'given A' } },
        nestedStepsContext: { inner: { i1: { output: 'given I1' } }, deep: { d1: { output: 'given D1' } } },
      })
      deepEqual(ran(), [
        ['d2', 'given D1'],
        ['i3', 'D2'],
        ['z', 'I3'],
      ])
      deepEqual((result.steps as Record<string, { output?: unknown }>).a?.output, 'given A')
    },
  },
  {
    id: 'time-travel.nested-in-items',
    shows: ['time-travel.nested', 'time-travel.foreach-index'],
    async play(stage) {
      const { noted, ran } = notedSteps()
      const one = noted('one', ({ inputData }) => `${inputData}1`)
      const two = noted('two', ({ inputData }) => `${inputData}2`)
      const item = workflow('item').then(one).then(two).commit()
      const flow = workflow('items')
        .then(lists('list', ['x', 'y']))
        .foreach(item, { concurrency: 2 })
        .commit()
      const { run, engine } = await finish(stage, flow)
      ran()
      const next = await elsewhere(stage, engine, run)
      deepEqual(resultOf(await travel(stage, next.run, { step: 'item.two', forEachIndex: 1 })), ['x12', 'y12'])
      deepEqual(ran(), [['two', 'y1']])
      await travel(stage, next.run, { step: 'item.one', forEachIndex: 0, inputData: 'w' })
      deepEqual(ran(), [
        ['one', 'w'],
        ['two', 'w1'],
      ])
    },
  },
]
