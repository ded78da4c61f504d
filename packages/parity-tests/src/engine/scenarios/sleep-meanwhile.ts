import { deepEqual, equal, ok } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { HOUR, lasted, MINUTE } from './parts/hours.js'
import { asks, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, suspendedIn, told, untimed } from './parts/told.js'

const oneHour = () =>
  workflow('sleeping').then(gives('before', 1)).sleep(HOUR, { id: 'nap' }).then(echoes('after')).commit()

export const sleepMeanwhileScenarios: readonly Scenario[] = [
  {
    id: 'sleep.looked-at',
    shows: ['sleep.status', 'sleep.record'],
    async play(stage) {
      const { engine, run, started } = await begin(stage, oneHour())
      await stage.quiet()
      equal(await stage.settle(run.status()), 'waiting')
      const between = await stage.settle(engine.runs.get(run.runId))
      equal(between?.status, 'waiting')
      deepEqual(untimed(between?.steps), {
        input: undefined,
        before: { status: 'success', payload: undefined, output: 1 },
        nap: { status: 'waiting', payload: 1 },
      })
      equal(resultOf(await stage.settle(started)), 1)
      equal(await stage.settle(run.status()), 'success')
    },
  },
  {
    id: 'sleep.taken-over',
    shows: ['sleep.restart', 'sleep.function-once'],
    async play(stage) {
      let asked = 0
      const sleeping = workflow('sleeping')
        .sleep(() => {
          asked += 1
          return 10 * HOUR
        })
        .then(echoes('after'))
        .commit()
      const first = await begin(stage, sleeping, { inputData: 'through' })
      await stage.quiet()
      await stage.clock.advance(7 * HOUR)
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.result())
      equal(resultOf(result), 'through')
      lasted((result.steps as Record<string, unknown>).sleep_sleeping_0, 10 * HOUR, HOUR)
      deepEqual(statuses(result), { sleep_sleeping_0: 'success', after: 'success' })
      equal(asked, 1)
    },
  },
  {
    id: 'sleep.taken-over-until-a-date',
    shows: ['sleep.restart'],
    async play(stage) {
      const date = new Date(stage.clock.now() + 10 * HOUR)
      const first = await begin(stage, workflow('sleeping').sleepUntil(date, { id: 'nap' }).commit())
      await stage.quiet()
      await stage.clock.advance(7 * HOUR)
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.result())
      lasted((result.steps as Record<string, unknown>).nap, 9 * HOUR, 2 * HOUR)
    },
  },
  {
    id: 'sleep.found-by-a-sweep',
    shows: ['sleep.overslept', 'sleep.restart'],
    async play(stage) {
      const first = await begin(stage, oneHour())
      await stage.quiet()
      const engine = await stage.restart(first.engine)
      await stage.clock.advance(5 * HOUR)
      await stage.settle(engine.tick())
      const { run } = await elsewhere(stage, engine, first.run)
      const result = await stage.settle(run.result())
      equal(resultOf(result), 1)
      const { nap } = result.steps as Record<string, { readonly startedAt: number; readonly endedAt?: number }>
      ok((nap?.endedAt ?? 0) - (nap?.startedAt ?? 0) >= HOUR)
    },
  },
  {
    id: 'sleep.canceled',
    shows: ['sleep.cancel'],
    async play(stage) {
      const { run, started } = await begin(stage, oneHour())
      await stage.quiet()
      const before = stage.clock.now()
      equal(await stage.settle(run.cancel()), 'canceled')
      const result = await stage.settle(started)
      ok(stage.clock.now() - before < HOUR / 2)
      deepEqual(told(result), {
        status: 'canceled',
        input: undefined,
        stepExecutionPath: ['before', 'nap'],
        steps: {
          input: undefined,
          before: { status: 'success', payload: undefined, output: 1 },
          nap: { status: 'canceled', payload: 1 },
        },
      })
      await stage.clock.advance(2 * HOUR)
      equal(await stage.settle(run.status()), 'canceled')
    },
  },
  {
    id: 'sleep.beside-a-running-step',
    shows: ['sleep.status-beside-work'],
    async play(stage) {
      const gate = createGate()
      const both = workflow('both')
        .parallel({ nap: (flow) => flow.sleep(HOUR), work: step('work', () => gate.pass()) })
        .commit()
      const { run, started } = await begin(stage, both, { inputData: 1 })
      await stage.settle(gate.reached())
      await stage.quiet()
      equal(await stage.settle(run.status()), 'running')
      gate.open()
      await stage.quiet()
      equal(await stage.settle(run.status()), 'waiting')
      deepEqual(resultOf(await stage.settle(started)), { nap: 1, work: undefined })
    },
  },
  {
    id: 'sleep.beside-a-suspended-step',
    shows: ['sleep.status-beside-suspension'],
    async play(stage) {
      const both = workflow('both')
        .parallel({ nap: (flow) => flow.sleep(HOUR), asks: asks('ask') })
        .commit()
      const { run, started } = await begin(stage, both)
      await stage.quiet()
      equal(await stage.settle(run.status()), 'waiting')
      const before = stage.clock.now()
      const result = await stage.settle(started)
      ok(stage.clock.now() - before > HOUR - MINUTE)
      deepEqual(suspendedIn(result), [['ask']])
      deepEqual(statuses(result), { sleep_both_0: 'success', ask: 'suspended' })
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 'ok' }))), { nap: undefined, asks: 'ok' })
    },
  },
  {
    id: 'sleep.resumed-beside',
    shows: ['sleep.resume-beside'],
    async play(stage) {
      const both = workflow('both')
        .parallel({ nap: (flow) => flow.sleep(HOUR), asks: asks('ask') })
        .commit()
      const { engine, run, started } = await begin(stage, both)
      await stage.quiet()
      const resumed = run.resume({ step: 'ask', resumeData: 'ok' })
      await stage.quiet()
      const between = await stage.settle(engine.runs.get(run.runId))
      deepEqual([between?.status, between?.steps.ask?.status], ['waiting', 'success'])
      const [first, second] = await stage.settle(Promise.all([started, resumed]))
      deepEqual(resultOf(first), { nap: undefined, asks: 'ok' })
      deepEqual(told(second), told(first))
      lasted((first.steps as Record<string, unknown>).sleep_both_0, HOUR)
    },
  },
  {
    id: 'sleep.two-at-once',
    shows: ['sleep.side-by-side'],
    async play(stage) {
      const both = workflow('both')
        .parallel({ short: (flow) => flow.sleep(2 * HOUR), long: (flow) => flow.sleep(3 * HOUR).then(echoes('woken')) })
        .commit()
      const before = stage.clock.now()
      const { result } = await finish(stage, both, { inputData: 1 })
      deepEqual(resultOf(result), { short: 1, long: 1 })
      const took = stage.clock.now() - before
      ok(took >= 3 * HOUR && took < 4 * HOUR, `it took ${took} ms`)
    },
  },
  {
    id: 'sleep.in-items',
    shows: ['sleep.in-a-foreach'],
    async play(stage) {
      const napping = workflow('napping')
        .then(lists('list', [3, 1, 2]))
        .foreach((flow) => flow.sleep(({ inputData }) => Number(inputData) * HOUR).then(echoes('woken')), {
          concurrency: 3,
        })
        .commit()
      const before = stage.clock.now()
      const { result } = await finish(stage, napping)
      deepEqual(resultOf(result), [3, 1, 2])
      const took = stage.clock.now() - before
      ok(took >= 3 * HOUR && took < 4 * HOUR, `it took ${took} ms`)
    },
  },
  {
    id: 'sleep.in-a-nested-workflow',
    shows: ['sleep.nested', 'sleep.status'],
    async play(stage) {
      const inner = workflow('inner').sleep(HOUR).then(echoes('woken')).commit()
      const outer = workflow('outer').then(inner).commit()
      const { engine, run, started } = await begin(stage, outer, { inputData: 1 })
      await stage.quiet()
      const between = await stage.settle(engine.runs.get(run.runId))
      deepEqual([between?.status, between?.steps.inner?.status], ['waiting', 'running'])
      const result = await stage.settle(started)
      equal(resultOf(result), 1)
      lasted(result.steps && Reflect.get(result.steps, 'inner'), HOUR)
    },
  },
  {
    id: 'sleep.beside-a-failure',
    shows: ['sleep.beside-failure'],
    async play(stage) {
      const both = workflow('both')
        .parallel({ nap: (flow) => flow.sleep(HOUR, { id: 'nap' }).then(echoes('woken')), broken: fails('broken') })
        .commit()
      const { result } = await finish(stage, both)
      equal(errorOf(result).message, 'broken fails')
      deepEqual(statuses(result), { nap: 'success', woken: 'success', broken: 'failed' })
      lasted((result.steps as Record<string, unknown>).nap, HOUR)
    },
  },
  {
    id: 'sleep.process-lost-in-the-function',
    shows: ['sleep.lost-function'],
    async play(stage) {
      const gate = createGate()
      const sleeping = workflow('sleeping')
        .sleep(() => gate.pass().then(() => HOUR), { id: 'nap' })
        .commit()
      const first = await begin(stage, sleeping, { inputData: 1 })
      await stage.settle(gate.reached())
      const second = await elsewhere(stage, first.engine, first.run)
      gate.open()
      await stage.clock.advance(MINUTE)
      await stage.settle(second.engine.tick())
      const result = await stage.settle(second.run.result())
      equal(resultOf(result), 1)
      deepEqual(statuses(result), { nap: 'success' })
    },
  },
  {
    id: 'sleep.asked-why',
    shows: ['sleep.why'],
    async play(stage) {
      const { engine, run, started } = await begin(stage, oneHour())
      await stage.quiet()
      const why = await stage.settle(engine.runs.why(run.runId))
      equal(why.status, 'waiting')
      const [reason] = why.waitsFor
      deepEqual([why.waitsFor.length, reason?.kind, reason?.step], [1, 'timer', ['nap']])
      ok(Math.abs((reason?.dueAt ?? 0) - (stage.clock.now() + HOUR)) < MINUTE)
      ok(why.text.includes('"nap"'), why.text)
      await stage.settle(started)
    },
  },
  {
    id: 'sleep.canceled-everywhere',
    shows: ['sleep.canceled-in-blocks', 'sleep.cancel'],
    async play(stage) {
      const inner = workflow('inner').sleep(HOUR).then(echoes('never')).commit()
      const deep = workflow('deep')
        .parallel({
          nested: inner,
          items: (flow) => flow.then(lists('list', [1, 2])).foreach((item) => item.sleep(HOUR).then(echoes('later'))),
          plain: (flow) => flow.sleep(2 * HOUR, { id: 'nap' }),
        })
        .commit()
      const { run, started } = await begin(stage, deep)
      await stage.quiet()
      equal(await stage.settle(run.cancel()), 'canceled')
      const result = await stage.settle(started)
      deepEqual(statuses(result), { inner: 'canceled', list: 'success', 'foreach_0.1.1': 'canceled', nap: 'canceled' })
      equal(await stage.settle(run.status()), 'canceled')
    },
  },
]
