import { deepEqual, equal, match } from 'node:assert/strict'
import type { Run } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { aborted } from './parts/aborted.js'
import { begin } from './parts/begin.js'
import { adds, asks, echoes, step, workflow } from './parts/loose.js'
import { LEASE_MS, livesAlone, oneProcess, takeOver } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { resultOf } from './parts/told.js'

export const recoveryCloseScenarios: readonly Scenario[] = [
  {
    id: 'recovery.closed-for-everything',
    shows: ['recovery.closed', 'recovery.close-twice'],
    async play(stage) {
      const flow = workflow('shut').then(asks('wait')).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow, { runId: 'known' })
      await stage.settle(run.start())
      await stage.settle(engine.close())
      await stage.settle(engine.close())
      const calls: readonly (() => Promise<unknown>)[] = [
        () => engine.createRun(flow),
        () => engine.run(flow, 'known'),
        () => engine.runs.get('known'),
        () => engine.runs.list(),
        () => engine.runs.delete({ runId: 'known' }),
        () => engine.runs.why('known'),
        () => engine.tick(),
        () => run.start(),
        () => run.startAsync(),
        () => run.resume({ resumeData: 1 }),
        () => run.resumeAsync({ resumeData: 1 }),
        () => run.cancel(),
        () => run.status(),
        () => run.result(),
      ]
      for (const call of calls) await refusal(stage, call(), 'WF_CLOSED')
    },
  },
  {
    id: 'recovery.closed-while-a-body-runs',
    shows: ['recovery.close-drains', 'recovery.after-close', 'recovery.alone'],
    async play(stage) {
      const gate = createGate()
      const reasons: unknown[] = []
      let calls = 0
      const hold = step('hold', async ({ abortSignal, restart }) => {
        calls += 1
        if (calls > 1) return { restart }
        void aborted(abortSignal).then((reason) => reasons.push(reason))
        await gate.pass()
        return 'nobody hears of it'
      })
      const flow = workflow('drained').then(adds('first', 1)).then(hold).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      const started = refusal(stage, run.start({ inputData: 1 }), 'WF_CLOSED')
      started.catch(() => undefined)
      await stage.settle(gate.reached())
      await one.close()
      match((await started).message, /^the engine was closed/)
      await stage.quiet()
      deepEqual(reasons, ['draining'])
      const other = await oneProcess(stage, flow)
      gate.open()
      await stage.quiet()
      if (await livesAlone(stage, other, run)) return
      await takeOver(stage, other)
      const there = await other.createRun(flow, { runId: run.runId })
      deepEqual(resultOf(await stage.settle(there.result())), { restart: true })
      equal(calls, 2)
    },
  },
  {
    id: 'recovery.closed-with-time-to-finish',
    shows: ['recovery.close-waits', 'recovery.after-close'],
    async play(stage) {
      const gate = createGate()
      const calls: string[] = []
      const reasons: unknown[] = []
      const hold = step('hold', async ({ abortSignal }) => {
        calls.push('hold')
        void aborted(abortSignal).then((reason) => reasons.push(reason))
        await gate.pass()
        return 'in time'
      })
      const after = step('after', ({ inputData }) => {
        calls.push('after')
        return inputData
      })
      const flow = workflow('gently').then(hold).then(after).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      const started = run.start()
      started.catch(() => undefined)
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      const closed = one.close({ drainMs: 60_000 })
      await stage.quiet()
      deepEqual(reasons, [])
      gate.open()
      await stage.settle(closed)
      await refusal(stage, started, 'WF_CLOSED')
      await stage.quiet()
      if (await livesAlone(stage, other, run)) return deepEqual(calls, ['hold'])
      await takeOver(stage, other)
      const there = await other.createRun(flow, { runId: run.runId })
      equal(resultOf(await stage.settle(there.result())), 'in time')
      deepEqual(calls, ['hold', 'after'])
    },
  },
  {
    id: 'recovery.closed-when-time-is-over',
    shows: ['recovery.close-waits', 'recovery.close-drains'],
    async play(stage) {
      const gate = createGate()
      const reasons: unknown[] = []
      const hold = step('hold', async ({ abortSignal }) => {
        void aborted(abortSignal).then((reason) => reasons.push(reason))
        await gate.pass()
      })
      const { engine, started } = await begin(stage, workflow('stubborn').then(hold).commit())
      await stage.settle(gate.reached())
      const begunAt = stage.clock.now()
      await stage.settle(engine.close({ drainMs: 10_000 }))
      equal(stage.clock.now() >= begunAt + 10_000, true)
      await refusal(stage, started, 'WF_CLOSED')
      await stage.quiet()
      deepEqual(reasons, ['draining'])
      for (const drainMs of [-1, Number.NaN, '1s' as unknown as number]) {
        equal((await refusal(stage, engine.close({ drainMs }), 'WF_INVALID_OPTION')).field, 'drainMs')
      }
      gate.open()
    },
  },
  {
    id: 'recovery.not-for-everybody',
    shows: ['recovery.others', 'recovery.changed-graph'],
    async play(stage) {
      const original = () => workflow('evolving').then(asks('wait')).sleep(60_000).then(echoes('after')).commit()
      const changed = workflow('evolving').then(asks('other')).sleep(60_000).then(adds('new', 1)).commit()
      const stranger = workflow('stranger').then(echoes('step')).commit()
      const flow = original()
      const one = await stage.engine(flow, { leaseMs: LEASE_MS })
      const run: Run = await one.createRun(flow)
      await stage.settle(run.start())
      const later = await stage.engine(changed, { leaseMs: LEASE_MS })
      if (!stage.keepsRuns) return equal(await stage.settle(later.run(changed, run.runId)), undefined)
      const unrelated = await stage.engine(stranger, { leaseMs: LEASE_MS })
      const there = await later.createRun(changed, { runId: run.runId })
      const error = await refusal(stage, there.resume({ resumeData: 1 }), 'WF_GRAPH_CHANGED')
      deepEqual([error.workflowId, error.runId], ['evolving', run.runId])
      await stage.settle(run.resumeAsync({ resumeData: 'go' }))
      await stage.quiet()
      await stage.settle(one.close())
      await stage.clock.advance(3 * LEASE_MS)
      for (const engine of [later, unrelated]) equal(await stage.settle(engine.tick()), 0)
      const again = original()
      const last = await stage.engine(again, { leaseMs: LEASE_MS })
      const taken = await last.createRun(again, { runId: run.runId })
      equal(resultOf(await stage.settle(taken.result())), 'go')
    },
  },
]
