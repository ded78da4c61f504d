import { deepEqual, equal } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { asks, echoes, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, suspendedIn, told } from './parts/told.js'
import { notedSteps, travel } from './parts/travelling.js'

function chain(id = 'chain') {
  const steps = notedSteps()
  const { noted } = steps
  return { ...steps, flow: workflow(id).then(noted('a')).then(noted('b')).then(noted('c')).commit() }
}

export const timeTravelScenarios: readonly Scenario[] = [
  {
    id: 'time-travel.middle-of-a-chain',
    shows: ['time-travel.reruns', 'time-travel.path', 'time-travel.input'],
    async play(stage) {
      const { flow, ran } = chain()
      const { run, result } = await finish(stage, flow, { inputData: 1 })
      equal(resultOf(result), 'C')
      ran()
      const again = await travel(stage, run, { step: 'b' })
      deepEqual(ran(), [
        ['b', 'A'],
        ['c', 'B'],
      ])
      deepEqual(told(again), {
        status: 'success',
        input: 1,
        result: 'C',
        stepExecutionPath: ['a', 'b', 'c', 'b', 'c'],
        steps: {
          input: 1,
          a: { status: 'success', payload: 1, output: 'A' },
          b: { status: 'success', payload: 'A', output: 'B' },
          c: { status: 'success', payload: 'B', output: 'C' },
        },
      })
    },
  },
  {
    id: 'time-travel.other-input',
    shows: ['time-travel.input', 'time-travel.reruns'],
    async play(stage) {
      const { flow, ran } = chain()
      const { run } = await finish(stage, flow, { inputData: 1 })
      ran()
      const again = await travel(stage, run, { step: 'c', inputData: { v: 7 } })
      deepEqual(ran(), [['c', { v: 7 }]])
      deepEqual(told(again).steps, {
        input: 1,
        a: { status: 'success', payload: 1, output: 'A' },
        b: { status: 'success', payload: 'A', output: 'B' },
        c: { status: 'success', payload: { v: 7 }, output: 'C' },
      })
      await travel(stage, run, { step: 'a', inputData: 2 })
      deepEqual(ran(), [
        ['a', 2],
        ['b', 'A'],
        ['c', 'B'],
      ])
    },
  },
  {
    id: 'time-travel.after-a-failure',
    shows: ['time-travel.from-failure', 'time-travel.again', 'time-travel.earlier'],
    async play(stage) {
      const { flow, broken, ids } = chain()
      broken.add('b')
      const { run, result, engine } = await finish(stage, flow, { inputData: 1 })
      equal(errorOf(result).message, 'b fails')
      deepEqual(statuses(result), { a: 'success', b: 'failed' })
      deepEqual(ids(), ['a', 'b'])
      equal(errorOf(await travel(stage, run, { step: 'b' })).message, 'b fails')
      broken.clear()
      const again = await travel(stage, run, { step: 'b' })
      equal(resultOf(again), 'C')
      deepEqual(statuses(again), { a: 'success', b: 'success', c: 'success' })
      deepEqual(ids(), ['b', 'b', 'c'])
      equal(await run.status(), 'success')
      await travel(stage, run, { step: 'a' })
      deepEqual(ids(), ['a', 'b', 'c'])
      const { runs } = (await elsewhere(stage, engine, run)).engine
      const earlier = (await stage.settle(runs.get(run.runId, { fields: ['earlier'] })))?.earlier ?? []
      deepEqual(
        earlier.map((end) => end.error?.message ?? end.result),
        ['b fails', 'b fails', 'C'],
      )
    },
  },
  {
    id: 'time-travel.past-a-failure',
    shows: ['time-travel.stands-in', 'time-travel.input'],
    async play(stage) {
      const { flow, broken, ran } = chain()
      broken.add('b')
      const { run } = await finish(stage, flow, { inputData: 1 })
      ran()
      const skipped = await travel(stage, run, { step: 'c', inputData: 'instead' })
      deepEqual(ran(), [['c', 'instead']])
      equal(resultOf(skipped), 'C')
      deepEqual((told(skipped).steps as Record<string, unknown>).b, {
        status: 'success',
        payload: 'A',
        output: 'instead',
      })
    },
  },
  {
    id: 'time-travel.never-started',
    shows: ['time-travel.fresh'],
    async play(stage) {
      const { flow, ran } = chain()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const result = await travel(stage, run, { step: 'c', inputData: { v: 1 } })
      deepEqual(ran(), [['c', { v: 1 }]])
      deepEqual(told(result), {
        status: 'success',
        input: {},
        result: 'C',
        stepExecutionPath: ['c'],
        steps: {
          input: {},
          a: { status: 'success', payload: {}, output: {} },
          b: { status: 'success', payload: {}, output: { v: 1 } },
          c: { status: 'success', payload: { v: 1 }, output: 'C' },
        },
      })
    },
  },
  {
    id: 'time-travel.results-that-are-given',
    shows: ['time-travel.given-results', 'time-travel.fresh'],
    async play(stage) {
      const { flow, ran } = chain()
      const engine = await stage.engine(flow)
      const fresh = await engine.createRun(flow)
      const context = {
        input: { x: 1 },
        a: { payload: 5, output: 'given A' },
        b: { output: 'given B' },
      }
      const result = await travel(stage, fresh, { step: 'c', context })
      deepEqual(ran(), [['c', 'given B']])
      deepEqual(told(result).input, { x: 1 })
      deepEqual((told(result).steps as Record<string, unknown>).a, { status: 'success', payload: 5, output: 'given A' })
      const { run } = await finish(stage, flow, { inputData: 1 })
      ran()
      await travel(stage, run, { step: 'b', context: { a: { output: 'changed' } } })
      deepEqual(ran(), [
        ['b', 'changed'],
        ['c', 'B'],
      ])
    },
  },
  {
    id: 'time-travel.suspended-run',
    shows: ['time-travel.from-any-end', 'time-travel.suspends', 'time-travel.resume-data'],
    async play(stage) {
      const { noted, ids, asking } = notedSteps()
      asking.add('b')
      const flow = workflow('asking').then(noted('a')).then(noted('b')).then(noted('c')).commit()
      const { run, result } = await finish(stage, flow)
      deepEqual(suspendedIn(result), [['b']])
      const again = await travel(stage, run, { step: 'a' })
      deepEqual(suspendedIn(again), [['b']])
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'yes' }))), 'C')
      deepEqual(ids(), ['a', 'b', 'a', 'b', 'b', 'c'])
      const resumed = await travel(stage, run, { step: 'b', resumeData: 'straight' })
      equal(resultOf(resumed), 'C')
      deepEqual((told(resumed).steps as Record<string, unknown>).b, {
        status: 'success',
        payload: 'A',
        output: 'straight',
        resumePayload: 'straight',
      })
      deepEqual(ids(), ['b', 'c'])
    },
  },
  {
    id: 'time-travel.canceled-and-paused',
    shows: ['time-travel.from-any-end', 'time-travel.per-step'],
    async play(stage) {
      const canceled = await finish(stage, workflow('canceled').then(asks('a')).then(echoes('b')).commit())
      equal(await canceled.run.cancel(), 'canceled')
      equal(resultOf(await travel(stage, canceled.run, { step: 'b', inputData: 3 })), 3)
      const { flow, ids } = chain('paused')
      const { run, result } = await finish(stage, flow, { perStep: true })
      equal(result.status, 'paused')
      const step = await travel(stage, run, { step: 'b', perStep: true })
      equal(step.status, 'paused')
      deepEqual(statuses(step), { a: 'success', b: 'success' })
      deepEqual(ids(), ['a', 'b'])
      equal(resultOf(await stage.settle(run.resume())), 'C')
      deepEqual(ids(), ['c'])
    },
  },
  {
    id: 'time-travel.from-another-process',
    shows: ['time-travel.elsewhere', 'time-travel.lists'],
    async play(stage) {
      const { flow, broken, ids } = chain('moved')
      broken.add('c')
      const { run, engine } = await finish(stage, flow, { inputData: 1 })
      const next = await elsewhere(stage, engine, run)
      broken.clear()
      ids()
      equal(resultOf(await travel(stage, next.run, { step: 'c' })), 'C')
      deepEqual(ids(), ['c'])
      const { runs } = await next.engine.runs.list()
      deepEqual(
        runs.map(({ status }) => status),
        ['success'],
      )
      const last = await elsewhere(stage, next.engine, next.run)
      equal(resultOf(await travel(stage, last.run, { step: 'a' })), 'C')
      deepEqual(ids(), ['a', 'b', 'c'])
    },
  },
]
