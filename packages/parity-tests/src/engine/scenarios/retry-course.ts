import { deepEqual, equal, ok } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { gaps, near, policed, unlucky } from './parts/attempts.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { lists, step, workflow } from './parts/loose.js'
import { errorOf, resultOf } from './parts/told.js'

const HOUR = 3_600_000

export const retryCourseScenarios: readonly Scenario[] = [
  {
    id: 'retry.canceled-in-a-delay',
    shows: ['retry.cancel', 'retry.status'],
    async play(stage) {
      const gate = createGate()
      let tried = 0
      const fails = policed('fails', { retry: { attempts: 3, delayMs: HOUR } }, async () => {
        tried += 1
        await gate.pass()
        throw new Error('again')
      })
      const { run, started } = await begin(stage, workflow('failing').then(fails).commit())
      await stage.settle(gate.reached())
      gate.open()
      await stage.quiet()
      equal(await stage.settle(run.status()), 'running')
      const before = stage.clock.now()
      equal(await stage.settle(run.cancel()), 'canceled')
      equal((await stage.settle(started)).status, 'canceled')
      ok(stage.clock.now() - before < HOUR)
      await stage.clock.advance(2 * HOUR)
      await stage.quiet()
      equal(tried, 1)
    },
  },
  {
    id: 'retry.delay-over-a-restart',
    shows: ['retry.durable'],
    async play(stage) {
      const gate = createGate()
      const at: number[] = []
      const tries = policed('tries', { retry: { attempts: 2, delayMs: HOUR, factor: 2 } }, async () => {
        at.push(stage.clock.now())
        await gate.pass()
        if (at.length < 3) throw new Error('again')
        return `success ${at.length}`
      })
      const { engine, run } = await begin(stage, workflow('trying').then(tries).commit())
      await stage.settle(gate.reached())
      gate.open()
      await stage.quiet()
      await stage.clock.advance(HOUR / 2)
      const there = await elsewhere(stage, engine, run)
      equal(resultOf(await stage.settle(there.run.result())), 'success 3')
      near(gaps({ at }), [HOUR, 2 * HOUR], stage.lateMs)
    },
  },
  {
    id: 'retry.input-of-all-attempts',
    shows: ['retry.same-input', 'retry.state'],
    async play(stage) {
      const seen: unknown[] = []
      const tries = policed('tries', { retries: 2 }, async ({ inputData, retryCount, setState, state }) => {
        seen.push([structuredClone(inputData), { ...state }])
        ;(inputData as { list: number[] }).list.push(retryCount)
        await setState({ [`attempt-${retryCount}`]: true })
        if (retryCount < 2) throw new Error('again')
      })
      const { result } = await finish(stage, workflow('trying').then(tries).commit(), {
        inputData: { list: [] },
        outputOptions: { includeState: true },
      })
      resultOf(result)
      const input = { list: [] }
      const [first, second, third] = [{}, { 'attempt-0': true }, { 'attempt-0': true, 'attempt-1': true }]
      deepEqual(seen, [
        [input, first],
        [input, second],
        [input, third],
      ])
      deepEqual(result.state, { ...third, 'attempt-2': true })
    },
  },
  {
    id: 'retry.after-a-resume',
    shows: ['retry.after-resume', 'retry.resume-data', 'retry.not-suspended'],
    async play(stage) {
      const seen: unknown[] = []
      const asks = step('asks', ({ resumeData, retryCount, suspend }) => {
        seen.push([resumeData, retryCount])
        if (retryCount === 0) throw new Error('again')
        return resumeData === undefined ? suspend() : 'done'
      })
      const asking = workflow('asking', { retryConfig: { attempts: 1, delay: HOUR } })
        .then(asks)
        .commit()
      const { engine, run, result } = await finish(stage, asking)
      equal(result.status, 'suspended')
      const there = await elsewhere(stage, engine, run)
      const before = stage.clock.now()
      equal(resultOf(await stage.settle(there.run.resume({ resumeData: 'on' }))), 'done')
      ok(stage.clock.now() - before >= HOUR)
      deepEqual(seen, [
        [undefined, 0],
        [undefined, 1],
        ['on', 0],
        ['on', 1],
      ])
    },
  },
  {
    id: 'retry.count-given-to-a-resume',
    shows: ['retry.given-count'],
    async play(stage) {
      const counts: number[] = []
      const asks = policed('asks', { retries: 2 }, ({ resumeData, retryCount, suspend }) => {
        if (!resumeData) return suspend()
        counts.push(retryCount)
        throw new Error('again')
      })
      const { run } = await finish(stage, workflow('asking').then(asks).commit())
      errorOf(await stage.settle(run.resume({ resumeData: true, retryCount: 1 })))
      deepEqual(counts, [1, 2])
    },
  },
  {
    id: 'retry.of-items-and-iterations',
    shows: ['retry.items'],
    async play(stage) {
      const tried: string[] = []
      const failsOnce = <const Id extends string>(id: Id) =>
        policed(id, { retries: 1 }, ({ index, iterationCount, inputData, retryCount }) => {
          tried.push(`${id}${index ?? iterationCount}.${retryCount}`)
          if (retryCount === 0) throw new Error('again')
          return inputData
        })
      const all = workflow('all')
        .dowhile(failsOnce('loop'), async ({ iterationCount }) => iterationCount < 2)
        .then(lists('lists', ['a', 'b']))
        .foreach(failsOnce('item'))
        .commit()
      deepEqual(resultOf((await finish(stage, all)).result), ['a', 'b'])
      deepEqual(tried, ['loop1.0', 'loop1.1', 'loop2.0', 'loop2.1', 'item0.0', 'item0.1', 'item1.0', 'item1.1'])
    },
  },
  {
    id: 'retry.beside-a-sibling',
    shows: ['retry.siblings'],
    async play(stage) {
      const { tries, attempts } = unlucky(stage, 1, { retry: { attempts: 1, delayMs: HOUR } })
      let siblingAt = 0
      const sibling = step('sibling', () => {
        siblingAt = stage.clock.now()
        return 'sibling'
      })
      const both = workflow('both').parallel([tries, sibling]).commit()
      deepEqual(resultOf((await finish(stage, both)).result), { tries: 'success 2', sibling: 'sibling' })
      ok(siblingAt < Number(attempts.at[1]) - HOUR / 2)
    },
  },
  {
    id: 'retry.not-what-was-asked-for',
    shows: ['retry.not-suspended', 'retry.not-bailed'],
    async play(stage) {
      let ran = 0
      const suspends = policed('suspends', { retries: 3 }, ({ resumeData, suspend }) => {
        ran += 1
        return resumeData ?? suspend()
      })
      const bails = policed('bails', { retries: 3 }, ({ bail }) => {
        ran += 1
        return bail('enough')
      })
      const { run } = await finish(stage, workflow('both').then(suspends).then(bails).commit())
      equal(ran, 1)
      equal(resultOf(await stage.settle(run.resume({ resumeData: 1 }))), 'enough')
      equal(ran, 3)
    },
  },
  {
    id: 'retry.throw-after-suspend',
    shows: ['retry.after-suspend'],
    async play(stage) {
      const asks = policed('asks', { retries: 1 }, async ({ retryCount, suspend }) => {
        const suspended = await suspend({ attempt: retryCount })
        if (retryCount === 0) throw new Error('again')
        return suspended
      })
      const { result } = await finish(stage, workflow('asking').then(asks).commit())
      deepEqual(result.status === 'suspended' && result.suspendPayload, { asks: { attempt: 1 } })
    },
  },
]
