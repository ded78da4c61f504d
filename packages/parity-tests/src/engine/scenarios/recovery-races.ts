import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { isWorkflowError, type Run } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { aborted } from './parts/aborted.js'
import { asks, echoes, gives, step, workflow } from './parts/loose.js'
import { LEASE_MS, livesAlone, oneProcess, takeOver, twoProcesses } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { errorOf, resultOf, statuses, suspendedIn } from './parts/told.js'

export const recoveryRaceScenarios: readonly Scenario[] = [
  {
    id: 'recovery.begins-as-a-sign-of-life-is-given',
    shows: ['recovery.not-before'],
    async play(stage) {
      const calls: string[] = []
      const lasts = (id: string, ms: number) =>
        step(id, async () => {
          calls.push(id)
          await new Promise<void>((resolve) => stage.clock.after(ms, resolve))
        })
      // The first ends just when its process says that it lives, and has nothing left to live for at that moment.
      const flow = workflow('relay')
        .then(lasts('short', LEASE_MS / 3))
        .then(lasts('long', 3 * LEASE_MS))
        .commit()
      const { one, other } = await twoProcesses(stage, flow)
      if (stage.keepsRuns) await other.work({ everyMs: 1_000 })
      const run: Run = await one.createRun(flow)
      await stage.settle(run.start())
      deepEqual(calls, ['short', 'long'])
    },
  },
  {
    id: 'recovery.two-look-at-one-moment',
    shows: ['recovery.one-takes', 'recovery.lost-body'],
    async play(stage) {
      const gate = createGate()
      const calls: string[] = []
      const hold = step('hold', async () => {
        calls.push('hold')
        if (calls.length === 1) await gate.pass()
      })
      const after = step('after', () => calls.push('after'))
      const flow = workflow('wanted').then(hold).then(after).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync())
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      const third = await stage.engine(flow, { leaseMs: LEASE_MS })
      if (await livesAlone(stage, other, run)) return gate.open()
      stage.cutOff(one)
      await stage.clock.advance(3 * LEASE_MS)
      await stage.settle(Promise.all([other.tick(), third.tick(), other.tick(), third.tick()]))
      await stage.quiet()
      deepEqual(calls, ['hold', 'hold', 'after'])
      equal((await stage.settle(other.runs.list({ status: ['success'] }))).runs.length, 1)
    },
  },
  {
    id: 'recovery.two-look-at-sleeps-at-one-moment',
    shows: ['recovery.one-takes', 'recovery.sleeping'],
    async play(stage) {
      const calls: unknown[] = []
      const after = step('after', ({ inputData }) => calls.push(inputData))
      const flow = workflow('sleepers').sleep(60_000).then(after).commit()
      const one = await oneProcess(stage, flow)
      const runs = await Promise.all([1, 2, 3, 4, 5].map(() => one.createRun(flow)))
      await stage.settle(Promise.all(runs.map((run, inputData) => run.startAsync({ inputData }))))
      await stage.quiet()
      const [first] = runs
      const other = await oneProcess(stage, flow)
      const third = await stage.engine(flow, { leaseMs: LEASE_MS })
      if (!first || (await livesAlone(stage, other, first))) return
      stage.cutOff(one)
      await stage.clock.advance(61_000)
      const look = () => stage.settle(Promise.all([other.tick(), third.tick(), other.tick(), third.tick()]))
      await look()
      // An answer that gets lost keeps what was handed out with it from others for a while.
      await stage.clock.advance(LEASE_MS)
      await look()
      await stage.quiet()
      deepEqual(calls.sort(), [0, 1, 2, 3, 4])
    },
  },
  {
    id: 'recovery.no-more-than-asked-for',
    shows: ['recovery.limit', 'recovery.sleeping'],
    async play(stage) {
      const flow = workflow('many').sleep(60_000).commit()
      const one = await oneProcess(stage, flow)
      const runs = await Promise.all([1, 2, 3, 4, 5].map(() => one.createRun(flow)))
      await stage.settle(Promise.all(runs.map((run) => run.startAsync())))
      await stage.quiet()
      const [first] = runs
      const other = await oneProcess(stage, flow)
      if (!first || (await livesAlone(stage, other, first))) return
      stage.cutOff(one)
      await stage.clock.advance(61_000)
      let taken = 0
      for (let looks = 0; looks < 5; looks += 1) {
        const now = await stage.settle(other.tick({ limit: 2 }))
        ok(now <= 2)
        taken += now
        await stage.quiet()
      }
      ok(taken <= 5, 'none was taken up twice')
      if (stage.lateMs) await takeOver(stage, other)
      equal((await stage.settle(other.runs.list({ status: ['success'] }))).runs.length, 5)
      for (const limit of [0, -1, 1.5, '2' as unknown as number]) {
        equal((await refusal(stage, other.tick({ limit }), 'WF_INVALID_OPTION')).field, 'limit')
      }
    },
  },
  {
    id: 'recovery.waited-for-elsewhere',
    shows: ['recovery.watched', 'recovery.start-once'],
    async play(stage) {
      const gate = createGate()
      let calls = 0
      const hold = step('hold', async () => {
        calls += 1
        await gate.pass()
        return calls
      })
      const flow = workflow('watched').then(hold).commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run: Run = await one.createRun(flow)
      const started = run.start()
      started.catch(() => undefined)
      await stage.settle(gate.reached())
      if (await livesAlone(stage, other, run)) return gate.open()
      const there = await other.createRun(flow, { runId: run.runId })
      await refusal(stage, there.start(), 'WF_CONFLICT')
      const waiting = [there.start({ onConflict: 'attach' }), there.result()]
      await stage.quiet()
      gate.open()
      const [result, ...others] = await stage.settle(Promise.all([started, ...waiting]))
      ok(result)
      for (const told of others) deepEqual(told, result)
      equal(resultOf(result), 1)
    },
  },
  {
    id: 'recovery.waited-for-until-it-is-lost',
    shows: ['recovery.waiting', 'recovery.lost-body'],
    async play(stage) {
      const gate = createGate()
      let calls = 0
      const hold = step('hold', async () => {
        calls += 1
        if (calls === 1) await gate.pass()
        return calls
      })
      const flow = workflow('inherited').then(hold).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync())
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return gate.open()
      const there = await other.createRun(flow, { runId: run.runId })
      const waiting = there.result()
      await stage.quiet()
      stage.cutOff(one)
      equal(resultOf(await stage.settle(waiting)), 2)
    },
  },
  {
    id: 'recovery.started-by-two-processes',
    shows: ['recovery.start-once'],
    async play(stage) {
      const calls: unknown[] = []
      const counted = step('counted', ({ inputData }) => {
        calls.push(inputData)
        return inputData
      })
      const flow = workflow('contested').then(counted).then(echoes('after')).commit()
      const { one, other } = await twoProcesses(stage, flow)
      const runs = await Promise.all([one, other].map((engine) => engine.createRun(flow, { runId: 'same' })))
      const starts = runs.map((run, inputData) => run.start({ inputData, onConflict: 'attach' }))
      const results = await stage.settle(Promise.all(starts))
      const [first] = runs
      if (!first || !stage.keepsRuns) return deepEqual(results.map(resultOf), [0, 1])
      equal(calls.length, 1)
      deepEqual(results[0], results[1])
      deepEqual(results.map(resultOf), [calls[0], calls[0]])
      for (const run of runs) await refusal(stage, run.start(), 'WF_CONFLICT')
    },
  },
  {
    id: 'recovery.resumed-by-two-processes',
    shows: ['recovery.resume-once', 'resume.winner-elsewhere'],
    async play(stage) {
      const calls: unknown[] = []
      const after = step('after', ({ inputData }) => {
        calls.push(inputData)
        return inputData
      })
      const flow = workflow('fought over').then(asks('wait')).then(after).commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.start())
      if (await livesAlone(stage, other, run)) return
      const there = await other.createRun(flow, { runId: run.runId })
      const both = [run.resume({ resumeData: 'one' }), there.resume({ resumeData: 'other' })]
      const settled = await stage.settle(Promise.allSettled(both))
      const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
      equal(refused.length, 1)
      const [error] = refused
      const codes = ['WF_CONFLICT', 'WF_NOT_SUSPENDED', 'WF_RUN_ENDED'] as const
      ok(codes.some((code) => isWorkflowError(error, code)))
      const [won] = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      deepEqual(won && [resultOf(won)], calls)
    },
  },
  {
    id: 'recovery.canceled-elsewhere',
    shows: ['recovery.cancel-seen'],
    async play(stage) {
      const gate = createGate()
      const reasons: unknown[] = []
      const hold = step('hold', async ({ abortSignal }) => {
        gate.open()
        await gate.pass()
        reasons.push(await aborted(abortSignal))
      })
      const flow = workflow('remote').then(hold).commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run: Run = await one.createRun(flow)
      const started = run.start()
      started.catch(() => undefined)
      await stage.settle(gate.reached())
      if (await livesAlone(stage, other, run)) return
      const there = await other.createRun(flow, { runId: run.runId })
      equal(await stage.settle(there.cancel()), 'canceled')
      const result = await stage.settle(started)
      deepEqual(statuses(result), { hold: 'canceled' })
      await stage.clock.advance(LEASE_MS)
      await stage.quiet()
      deepEqual(reasons, ['canceled'])
    },
  },
  {
    id: 'recovery.a-body-that-kills',
    shows: ['recovery.poison'],
    async play(stage) {
      const gate = createGate()
      const flow = workflow('poisoned')
        .then(gives('fine', 1))
        .then(step('kills', () => gate.pass()))
        .commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync())
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return gate.open()
      stage.cutOff(one)
      let engine = other
      let times = 1
      for (; times < 10; times += 1) {
        await takeOver(stage, engine)
        const seen = await stage.settle(engine.runs.get(run.runId))
        if (seen?.status === 'failed') break
        await stage.settle(gate.reached(times + 1))
        stage.cutOff(engine)
        engine = await stage.engine(flow, { leaseMs: LEASE_MS })
      }
      const there = await engine.createRun(flow, { runId: run.runId })
      const error = errorOf(await stage.settle(there.result()))
      ok(isWorkflowError(error, 'WF_WORKER_LOST'))
      match(error.message, /"kills"/)
      ok(times > 2 && times < 7, `it ran ${times} times`)
      gate.open()
    },
  },
  {
    id: 'recovery.two-tenants',
    shows: ['recovery.namespaces'],
    async play(stage) {
      const flow = workflow('tenant').then(asks('wait')).commit()
      const one = await stage.engine(flow, { namespace: 'one' })
      const other = await stage.engine(flow, { namespace: 'other' })
      const mine: Run = await one.createRun(flow, { runId: 'same' })
      deepEqual(suspendedIn(await stage.settle(mine.start({ inputData: 1 }))), [['wait']])
      equal(await stage.settle(other.run(flow, 'same')), undefined)
      deepEqual((await stage.settle(other.runs.list())).runs, [])
      equal(await stage.settle(other.runs.delete({ runId: 'same' })), 0)
      const theirs = await other.createRun(flow, { runId: 'same' })
      equal((await stage.settle(theirs.start({ inputData: 2 }))).input, 2)
      equal(resultOf(await stage.settle(theirs.resume({ resumeData: 'theirs' }))), 'theirs')
      equal(await stage.settle(mine.status()), 'suspended')
    },
  },
]
