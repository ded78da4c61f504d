import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Run } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { crashing } from './parts/crashing.js'
import { lists, step, workflow } from './parts/loose.js'
import { LEASE_MS, livesAlone, oneProcess } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { resultOf } from './parts/told.js'

/** Lets another engine look once, without the time of a lease having passed. */
async function lookAtOnce(stage: Stage, other: { tick(): Promise<number> }): Promise<void> {
  await stage.settle(other.tick())
  await stage.quiet()
}

export const recoveryClosePlaceScenarios: readonly Scenario[] = [
  {
    id: 'recovery.given-back-at-a-close',
    shows: ['recovery.close-releases', 'recovery.close-drains', 'recovery.after-close'],
    async play(stage) {
      const { gate, log, fatal, note } = crashing()
      const item = step('item', async ({ inputData, restart }) => {
        log.push(`${inputData}${restart ? ' again' : ''}`)
        return inputData
      })
      const flow = workflow('returned')
        .then(lists('list', [1, 2]))
        .foreach(item)
        .parallel([fatal('held'), note('quick')])
        .commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      const started = run.start()
      started.catch(() => undefined)
      await stage.settle(gate.reached())
      await stage.quiet()
      const before = stage.clock.now()
      const other = await oneProcess(stage, flow)
      await stage.settle(one.close())
      await refusal(stage, started, 'WF_CLOSED')
      if (await livesAlone(stage, other, run)) return gate.open()
      await lookAtOnce(stage, other)
      ok(stage.clock.now() - before < LEASE_MS / 2)
      gate.open()
      await stage.quiet()
      const there = await other.createRun(flow, { runId: run.runId })
      deepEqual(resultOf(await stage.settle(there.result())), { held: [1, 2], quick: [1, 2] })
      deepEqual(log.sort(), ['1', '2', 'held', 'held again', 'quick'])
    },
  },
  {
    id: 'recovery.closed-after-the-body-was-done',
    shows: ['recovery.close-waits', 'recovery.close-releases', 'recovery.first-time'],
    async play(stage) {
      const { gate, log, fatal, note } = crashing()
      const flow = workflow('in-time').then(fatal('step')).then(note('after')).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync({ inputData: 'in' }))
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      const closed = one.close({ drainMs: 60_000 })
      await stage.quiet()
      gate.open()
      await stage.settle(closed)
      if (await livesAlone(stage, other, run)) return
      await lookAtOnce(stage, other)
      const there = await other.createRun(flow, { runId: run.runId })
      equal(resultOf(await stage.settle(there.result())), 'in')
      deepEqual(log, ['step', 'after'])
    },
  },
  {
    id: 'recovery.closed-during-a-sleep-and-a-retry',
    shows: ['recovery.after-close', 'recovery.work-timers', 'recovery.close-twice'],
    async play(stage) {
      const times: number[] = []
      const flaky = step('flaky', ({ retryCount, restart }) => {
        times.push(stage.clock.now())
        if (retryCount === 0) throw new Error('not yet')
        return [retryCount, restart]
      })
      const flow = workflow('resting', { retryConfig: { attempts: 1, delay: 600_000 } })
        .sleep(600_000)
        .then(flaky)
        .commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      const begunAt = stage.clock.now()
      const started = run.start()
      started.catch(() => undefined)
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      const third = await stage.engine(flow, { leaseMs: LEASE_MS })
      await stage.settle(Promise.all([one.close({ drainMs: 5_000 }), one.close()]))
      await refusal(stage, started, 'WF_CLOSED')
      if (await livesAlone(stage, other, run)) return
      await other.work()
      await stage.clock.advance(620_000)
      await stage.quiet()
      equal(times.length, 1)
      await stage.settle(other.close())
      await third.work()
      const there = await third.createRun(flow, { runId: run.runId })
      deepEqual(resultOf(await stage.settle(there.result())), [1, undefined])
      const [first = 0, second = 0] = times
      ok(first - begunAt >= 600_000 && second - first >= 600_000 && second - first < 630_000)
    },
  },
]
