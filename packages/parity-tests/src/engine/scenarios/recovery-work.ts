import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Run } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { crashing } from './parts/crashing.js'
import { asks, step, workflow } from './parts/loose.js'
import { LEASE_MS, livesAlone, oneProcess, twoProcesses } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { until } from './parts/until.js'

const HOUR = 3_600_000

/** A worker that nobody tells anything looks about so long, in many small steps. */
const LONG = 600_000

export const recoveryWorkScenarios: readonly Scenario[] = [
  {
    id: 'recovery.taken-up-by-a-worker',
    shows: ['recovery.work', 'recovery.lost-body'],
    async play(stage) {
      const { gate, log, hold, note } = crashing()
      const second = createGate()
      const step1 = step('step', async ({ restart }) => {
        log.push(restart ? 'step again' : 'step')
        if (restart) void second.pass()
        await hold()
      })
      const flow = workflow('worked').then(step1).then(note('after')).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync())
      await stage.settle(gate.reached())
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return gate.open()
      await other.work()
      // Long enough for the worker to have been handed the run while its owner was alive.
      await stage.clock.advance(1.7 * LEASE_MS)
      await stage.quiet()
      deepEqual(log, ['step'])
      stage.cutOff(one)
      const lostAt = stage.clock.now()
      await stage.settle(second.reached())
      const passed = stage.clock.now() - lostAt
      ok(passed <= LEASE_MS + 2_000 + (stage.lateMs ?? 0), `it took ${passed} ms`)
      await until(stage, () => log.length === 3)
      gate.open()
      deepEqual(log, ['step', 'step again', 'after'])
    },
  },
  {
    id: 'recovery.timers-kept-by-a-worker',
    shows: ['recovery.work-timers', 'recovery.sleeping', 'recovery.retry'],
    async play(stage) {
      const times: number[] = []
      const flaky = step('flaky', ({ retryCount }) => {
        times.push(stage.clock.now())
        if (retryCount === 0) throw new Error('not yet')
      })
      const flow = workflow('timed', { retryConfig: { attempts: 1, delay: LONG } })
        .sleep(LONG)
        .then(flaky)
        .commit()
      const { one, other } = await twoProcesses(stage, flow)
      if (stage.keepsRuns) await other.work()
      const run: Run = await one.createRun(flow)
      const begunAt = stage.clock.now()
      await stage.settle(run.startAsync())
      await stage.quiet()
      if (await livesAlone(stage, other, run)) return
      stage.cutOff(one)
      await stage.clock.advance(LONG - 60_000)
      equal(times.length, 0)
      await until(stage, () => times.length === 1)
      await stage.clock.advance(LONG - 60_000)
      equal(times.length, 1)
      await until(stage, () => times.length === 2)
      const [first = 0, second = 0] = times
      ok(first - begunAt >= LONG && first - begunAt < LONG + 5_000, `the sleep took ${first - begunAt} ms`)
      ok(second - first >= LONG && second - first < LONG + 5_000, `the retry came after ${second - first} ms`)
    },
  },
  {
    id: 'recovery.many-workers',
    shows: ['recovery.work-many', 'recovery.one-takes'],
    async play(stage) {
      const counts = new Map<string, number>()
      const gate = createGate()
      const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
      const body = step('body', async ({ runId, restart }) => {
        count(`${runId}${restart ? ' again' : ''}`)
        if (!restart) await gate.pass()
      })
      const flow = workflow('crowd').then(body).commit()
      const one = await oneProcess(stage, flow)
      const runs: Run[] = []
      for (let n = 0; n < 8; n += 1) runs.push(await one.createRun(flow, { runId: `r${n}` }))
      for (const run of runs) await stage.settle(run.startAsync())
      await stage.settle(gate.reached(8))
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      const [first] = runs
      if (!first || (await livesAlone(stage, other, first))) return gate.open()
      const others = [other, await oneProcess(stage, flow), await oneProcess(stage, flow)]
      for (const engine of others) await engine.work({ limit: 2, everyMs: 500 })
      stage.cutOff(one)
      await until(stage, () => counts.size === 16)
      await stage.clock.advance(3 * LEASE_MS)
      await stage.quiet()
      gate.open()
      deepEqual(
        [...counts].sort(),
        runs
          .flatMap(({ runId }) => [
            [runId, 1],
            [`${runId} again`, 1],
          ])
          .sort(),
      )
    },
  },
  {
    id: 'recovery.more-than-a-look-takes',
    shows: ['recovery.work-full', 'recovery.work-timers'],
    async play(stage) {
      const times: number[] = []
      const note = step('note', () => void times.push(stage.clock.now()))
      const flow = workflow('backlog').sleep(HOUR).then(note).commit()
      const one = await oneProcess(stage, flow)
      const runs: Run[] = []
      for (let n = 0; n < 7; n += 1) runs.push(await one.createRun(flow))
      for (const run of runs) await stage.settle(run.startAsync())
      await stage.quiet()
      const [first] = runs
      const other = await oneProcess(stage, flow)
      if (!first || (await livesAlone(stage, other, first))) return
      stage.cutOff(one)
      await stage.clock.advance(2 * HOUR)
      const beganAt = stage.clock.now()
      await other.work({ limit: 2, everyMs: 60_000 })
      await until(stage, () => times.length === 7)
      ok(stage.clock.now() - beganAt < 30_000, `it took ${stage.clock.now() - beganAt} ms`)
    },
  },
  {
    id: 'recovery.work-without-a-storage',
    shows: ['recovery.work-refused'],
    async play(stage) {
      const flow = workflow('alone').then(asks('wait')).commit()
      const engine = await stage.engine(flow)
      for (const [option, value] of [
        ['everyMs', 0],
        ['limit', 0],
        ['limit', 1.5],
      ] as const) {
        equal((await refusal(stage, engine.work({ [option]: value }), 'WF_INVALID_OPTION')).field, option)
      }
      if (stage.keepsRuns) await stage.settle(engine.work().then((worker) => worker.stop()))
      else equal((await refusal(stage, engine.work(), 'WF_UNSUPPORTED')).field, 'storage')
      await stage.settle(engine.close())
      await refusal(stage, engine.work(), 'WF_CLOSED')
    },
  },
  {
    id: 'recovery.a-tick-that-waits',
    shows: ['recovery.tick-waits', 'recovery.sleeping'],
    async play(stage) {
      const { log, note } = crashing()
      const flow = workflow('stepped')
        .sleep(HOUR)
        .then(note('first'))
        .sleep(5_000)
        .then(note('second'))
        .sleep(HOUR)
        .commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync())
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      equal(await stage.settle(other.tick({ waitMs: 60_000 })), 0)
      if (await livesAlone(stage, other, run)) return
      stage.cutOff(one)
      await stage.clock.advance(HOUR)
      const before = stage.clock.now()
      // An engine that looks around by itself may have taken it up before it is asked to.
      if ((await stage.settle(other.tick({ waitMs: 60_000 }))) === 0) await until(stage, () => log.length === 2)
      deepEqual(log, ['first', 'second'])
      ok(stage.clock.now() - before < 30_000)
      equal((await refusal(stage, other.tick({ waitMs: -1 }), 'WF_INVALID_OPTION')).field, 'waitMs')
    },
  },
]
