import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { type Call, noting } from './parts/calls.js'
import { crowdOn, inOrder, inputsOf, startIn } from './parts/crowd.js'
import { MINUTE } from './parts/hours.js'
import { asks, fails, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

export const limitScenarios: readonly Scenario[] = [
  {
    id: 'limit.never-exceeded',
    shows: ['limit.concurrency', 'limit.order'],
    async play(stage) {
      const crowd = crowdOn(stage)
      const flow = workflow('few', { options: { concurrency: 2 } })
        .then(crowd.works('a'))
        .then(crowd.works('b', 500))
        .commit()
      const engine = await stage.engine(flow)
      const started = []
      for (const inputData of numbers(5)) started.push(await startIn(stage, engine, { flow, inputData }))
      for (const [index, { result }] of started.entries()) equal(resultOf(await stage.settle(result)), index)
      equal(crowd.most(), 2)
      inOrder(stage, { ...crowd, atOnce: 2 }, numbers(5))
    },
  },
  {
    id: 'limit.all-at-once',
    shows: ['limit.concurrency'],
    async play(stage) {
      const crowd = crowdOn(stage)
      const flow = workflow('few', { options: { concurrency: { limit: 3 } } })
        .then(crowd.works('a'))
        .commit()
      const engine = await stage.engine(flow)
      const starts = numbers(12).map(async (inputData) => (await engine.createRun(flow)).start({ inputData }))
      const results = await stage.settle(Promise.all(starts))
      deepEqual(results.map(resultOf), numbers(12))
      equal(crowd.most(), 3)
    },
  },
  {
    id: 'limit.by-key',
    shows: ['limit.key', 'limit.concurrency'],
    async play(stage) {
      const crowd = crowdOn(stage, (input) => String(input).slice(0, 1))
      const key = ({ inputData }: { readonly inputData: unknown }) => String(inputData).slice(0, 1)
      const flow = workflow('few', { options: { concurrency: { limit: 1, key } } })
        .then(crowd.works('work'))
        .commit()
      const engine = await stage.engine(flow)
      const started = []
      for (const inputData of ['a1', 'a2', 'a3', 'b1', 'b2'])
        started.push(await startIn(stage, engine, { flow, inputData }))
      deepEqual(inputsOf(crowd), ['a1', 'b1'])
      for (const { result } of started) resultOf(await stage.settle(result))
      deepEqual([crowd.most('a'), crowd.most('b')], [1, 1])
    },
  },
  {
    id: 'limit.by-tenant',
    shows: ['limit.key'],
    async play(stage) {
      const crowd = crowdOn(stage)
      const flow = workflow('few', {
        options: { concurrency: { limit: 1, key: ({ requestContext }) => String(requestContext.get('tenant')) } },
      })
        .then(crowd.works('work'))
        .commit()
      const engine = await stage.engine(flow)
      const strange = 'x:%\u0000/ö'.repeat(100)
      const started = []
      for (const tenant of ['x', strange, 'x', strange])
        started.push(await startIn(stage, engine, { flow, inputData: tenant, requestContext: { tenant } }))
      deepEqual(inputsOf(crowd), ['x', strange])
      for (const { result } of started) resultOf(await stage.settle(result))
      equal(crowd.most(), 2)
    },
  },
  {
    id: 'limit.waiting-has-not-begun',
    shows: ['limit.waiting'],
    async play(stage) {
      const crowd = crowdOn(stage)
      const calls: Call[] = []
      const flow = workflow('few', { options: { ...noting(calls), concurrency: 1 } })
        .then(crowd.works('work'))
        .commit()
      const engine = await stage.engine(flow)
      const first = await startIn(stage, engine, { flow, inputData: 1 })
      const second = await startIn(stage, engine, { flow, inputData: 2 })
      equal(await stage.settle(second.run.status()), 'waiting')
      equal(calls.length, 1)
      const known = await stage.settle(engine.runs.get(second.run.runId))
      equal(known?.status, 'waiting')
      equal(resultOf(await stage.settle(first.result)), 1)
      equal(resultOf(await stage.settle(second.result)), 2)
      equal(calls.filter(({ name }) => name === 'onStart').length, 2)
    },
  },
  {
    id: 'limit.suspended-has-no-place',
    shows: ['limit.rest'],
    async play(stage) {
      const crowd = crowdOn(stage)
      const flow = workflow('few', { options: { concurrency: 1 } })
        .then(asks('ask'))
        .then(crowd.works('work'))
        .commit()
      const engine = await stage.engine(flow)
      const one = await startIn(stage, engine, { flow })
      const other = await startIn(stage, engine, { flow })
      equal((await stage.settle(one.result)).status, 'suspended')
      equal((await stage.settle(other.result)).status, 'suspended')
      const resumed = one.run.resume({ resumeData: 'one' })
      await stage.quiet()
      const late = other.run.resume({ resumeData: 'other' })
      await stage.quiet()
      equal(await stage.settle(other.run.status()), 'waiting')
      deepEqual(inputsOf(crowd), ['one'])
      equal(resultOf(await stage.settle(resumed)), 'one')
      equal(resultOf(await stage.settle(late)), 'other')
      equal(crowd.most(), 1)
    },
  },
  {
    id: 'limit.paused-has-no-place',
    shows: ['limit.rest'],
    async play(stage) {
      const crowd = crowdOn(stage)
      const flow = workflow('few', { options: { concurrency: 1 } })
        .then(crowd.works('a'))
        .then(crowd.works('b'))
        .commit()
      const engine = await stage.engine(flow)
      const paused = await startIn(stage, engine, { flow, inputData: 1, perStep: true })
      equal((await stage.settle(paused.result)).status, 'paused')
      const other = await startIn(stage, engine, { flow, inputData: 2 })
      const goesOn = paused.run.resume()
      await stage.quiet()
      equal(await stage.settle(paused.run.status()), 'waiting')
      equal(resultOf(await stage.settle(other.result)), 2)
      equal(resultOf(await stage.settle(goesOn)), 1)
      equal(crowd.most(), 1)
      deepEqual(inputsOf(crowd), [1, 2, 2, 1])
    },
  },
  {
    id: 'limit.sleeping-keeps-its-place',
    shows: ['limit.sleep'],
    async play(stage) {
      const crowd = crowdOn(stage)
      const flow = workflow('few', { options: { concurrency: 1 } })
        .then(crowd.works('a'))
        .sleep(5 * MINUTE)
        .commit()
      const engine = await stage.engine(flow)
      const before = stage.clock.now()
      const one = await startIn(stage, engine, { flow, inputData: 1 })
      const other = await startIn(stage, engine, { flow, inputData: 2 })
      await stage.settle(one.result)
      await stage.settle(other.result)
      deepEqual(inputsOf(crowd), [1, 2])
      ok((crowd.began[1]?.at ?? 0) - before >= 5 * MINUTE)
    },
  },
  {
    id: 'limit.failed-makes-room',
    shows: ['limit.end'],
    async play(stage) {
      const flow = workflow('few', { options: { concurrency: 1 } })
        .then(fails('fails'))
        .commit()
      const engine = await stage.engine(flow)
      const starts = numbers(4).map(async () => (await engine.createRun(flow)).start())
      const results = await stage.settle(Promise.all(starts))
      deepEqual(
        results.map(({ status }) => status),
        ['failed', 'failed', 'failed', 'failed'],
      )
    },
  },
]
