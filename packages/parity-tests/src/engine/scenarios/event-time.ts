import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { isWorkflowError } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { number } from '../schemas.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { HOUR, lasted, MINUTE } from './parts/hours.js'
import { adds, echoes, gives, lists, step, workflow } from './parts/loose.js'
import { oneProcess, takeOver } from './parts/processes.js'
import { ended, send, statusOf, waiting } from './parts/sending.js'
import { errorOf, resultOf, statuses } from './parts/told.js'

export const eventTimeScenarios: readonly Scenario[] = [
  {
    id: 'event.none-in-time',
    shows: ['event.timeout', 'event.after-timeout'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid', { id: 'w', key: '7', timeoutMs: HOUR }).commit()
      const { engine, result } = await finish(stage, flow)
      const error = errorOf(result)
      ok(isWorkflowError(error, 'WF_EVENT_TIMEOUT'))
      deepEqual([error.workflowId, error.stepId], ['order', 'w'])
      match(error.message, /3600000 ms for the event "paid" with the key "7"/)
      lasted(result.steps.w, HOUR)
      await stage.quiet()
      await send(stage, engine, { name: 'paid', key: '7', payload: 'late' })
      const next = await engine.createRun(flow)
      equal(resultOf(await stage.settle(next.start())), 'late')
    },
  },
  {
    id: 'event.null-in-time',
    shows: ['event.timeout-null', 'event.after-timeout'],
    async play(stage) {
      const flow = workflow('order')
        .waitForEvent('paid', { id: 'first', timeoutMs: HOUR, onTimeout: 'null' })
        .then(step('note', ({ inputData }) => ({ got: inputData })))
        .waitForEvent('paid', { id: 'second' })
        .commit()
      const { engine, run, started } = await begin(stage, flow)
      await waiting(stage, engine, run)
      await stage.clock.advance(HOUR + MINUTE)
      await waiting(stage, engine, run)
      await send(stage, engine, { name: 'paid', payload: 'next' })
      const result = await stage.settle(started)
      equal(resultOf(result), 'next')
      deepEqual((result.steps as Record<string, { output?: unknown }>).note?.output, { got: null })
    },
  },
  {
    id: 'event.of-a-canceled-run',
    shows: ['event.canceled'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid', { id: 'w' }).then(echoes('after')).commit()
      const { engine, run, started } = await begin(stage, flow)
      await waiting(stage, engine, run)
      const next = await engine.createRun(flow)
      const end = next.start()
      await waiting(stage, engine, next)
      await stage.settle(run.cancel())
      const canceled = await stage.settle(started)
      equal(canceled.status, 'canceled')
      deepEqual(statuses(canceled), { w: 'canceled' })
      await send(stage, engine, { name: 'paid', payload: 1 })
      equal(resultOf(await stage.settle(end)), 1)
    },
  },
  {
    id: 'event.over-a-restart',
    shows: ['event.restart'],
    async play(stage) {
      const flow = workflow('order')
        .waitForEvent('paid', { timeoutMs: 2 * HOUR })
        .then(echoes('after'))
        .commit()
      const { engine, run } = await begin(stage, flow)
      await waiting(stage, engine, run)
      const there = await elsewhere(stage, engine, run)
      await send(stage, there.engine, { name: 'paid', payload: 'over there' })
      equal((await ended(stage, there.engine, run))?.status, 'success')
    },
  },
  {
    id: 'event.none-in-time-over-a-restart',
    shows: ['event.restart', 'event.timeout'],
    async play(stage) {
      const flow = workflow('order')
        .waitForEvent('paid', { id: 'w', timeoutMs: 2 * HOUR })
        .commit()
      const { engine, run } = await begin(stage, flow)
      await waiting(stage, engine, run)
      await stage.clock.advance(HOUR)
      const there = await elsewhere(stage, engine, run)
      const end = stage.keepsRuns ? there.run.restart() : run.restart()
      const result = await stage.settle(end)
      ok(isWorkflowError(errorOf(result), 'WF_EVENT_TIMEOUT'))
      lasted(result.steps.w, 2 * HOUR)
    },
  },
  {
    id: 'event.wait-of-a-lost-process',
    shows: ['event.lost'],
    async play(stage) {
      const flow = workflow('order').then(gives('before', 1)).waitForEvent('paid').commit()
      const one = await oneProcess(stage, flow)
      const run = await one.createRun(flow)
      if (!stage.keepsRuns) return
      await stage.settle(run.startAsync())
      stage.cutOff(one)
      const other = await oneProcess(stage, flow)
      await takeOver(stage, other)
      await send(stage, other, { name: 'paid', payload: 'found' })
      equal((await ended(stage, other, run))?.status, 'success')
    },
  },
  {
    id: 'event.in-every-block',
    shows: ['event.in-blocks'],
    async play(stage) {
      const inner = workflow('inner').waitForEvent('e', { id: 'nested', key: 'nested' }).commit()
      const flow = workflow('order')
        .parallel({ a: (one) => one.waitForEvent('e', { id: 'a', key: 'a' }), inner, c: gives('c', 'C') })
        .then(lists('items', ['x', 'y', 'z']))
        .foreach((one) => one.waitForEvent('e', { id: 'item', key: ({ inputData }) => String(inputData) }), {
          concurrency: 2,
        })
        .map(() => 0)
        .dountil(
          (one) => one.then(adds('more', 1)).waitForEvent('e', { id: 'turn', key: 'turn', schema: number() }),
          async ({ inputData }) => inputData === 2,
        )
        .commit()
      const { engine, started } = await begin(stage, flow)
      for (const key of ['nested', 'a', 'z', 'y', 'x'])
        await send(stage, engine, { name: 'e', key, payload: `of ${key}` })
      for (const payload of [1, 2]) await send(stage, engine, { name: 'e', key: 'turn', payload })
      const result = await stage.settle(started)
      equal(resultOf(result), 2)
      const outputs = result.steps as Record<string, { readonly output?: unknown }>
      deepEqual(
        [outputs.a, outputs.inner, outputs.item].map((one) => one?.output),
        ['of a', 'of nested', ['of x', 'of y', 'of z']],
      )
    },
  },
  {
    id: 'event.in-a-run-that-goes-step-by-step',
    shows: ['event.step-by-step'],
    async play(stage) {
      const flow = workflow('order')
        .parallel({ w: (one) => one.waitForEvent('paid', { id: 'w' }), s: gives('s', 1) })
        .then(echoes('after'))
        .commit()
      const { engine, run, result } = await finish(stage, flow, { perStep: true })
      equal(result.status, 'paused')
      await send(stage, engine, { name: 'paid', payload: 'while paused' })
      equal(await statusOf(stage, engine, run), 'paused')
      const next = await stage.settle(run.resume({ perStep: true }))
      equal(next.status, 'paused')
      deepEqual(resultOf(await stage.settle(run.resume())), { w: 'while paused', s: 1 })
    },
  },
  {
    id: 'event.again-after-a-time-travel',
    shows: ['event.travel'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid', { id: 'w' }).then(echoes('after')).commit()
      const { engine, run, started } = await begin(stage, flow)
      await send(stage, engine, { name: 'paid', payload: 'first' })
      equal(resultOf(await stage.settle(started)), 'first')
      const again = run.timeTravel({ step: 'w', inputData: 'in' })
      again.catch(() => undefined)
      await waiting(stage, engine, run)
      await send(stage, engine, { name: 'paid', payload: 'second' })
      equal(resultOf(await stage.settle(again)), 'second')
    },
  },
]
