import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Run } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { aborted } from './parts/aborted.js'
import { adds, asks, echoes, gives, lists, step, workflow } from './parts/loose.js'
import { LEASE_MS, livesAlone, oneProcess, takeOver, twoProcesses } from './parts/processes.js'
import { resultOf, statuses } from './parts/told.js'
import { until } from './parts/until.js'

const HOUR = 3_600_000

/** Gives its first caller something to wait for, and lets every later one through. */
function heldOnce(id: string) {
  const gate = createGate()
  const seen: { readonly restart: unknown; readonly key: string; readonly retryCount: number }[] = []
  const reasons: unknown[] = []
  const body = step(id, async ({ restart, idempotencyKey, retryCount, inputData, abortSignal }) => {
    seen.push({ restart, key: idempotencyKey, retryCount })
    if (seen.length > 1) return ['again', inputData]
    void aborted(abortSignal).then((reason) => reasons.push(reason))
    await gate.pass()
    return ['late', inputData]
  })
  return { body, gate, seen, reasons }
}

export const recoveryScenarios: readonly Scenario[] = [
  {
    id: 'recovery.resumed-beside',
    shows: ['recovery.suspended', 'recovery.alone', 'recovery.late-result'],
    async play(stage) {
      const flow = workflow('shared').then(adds('first', 1)).then(asks('wait')).then(echoes('after')).commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.start({ inputData: 1 }))
      if (await livesAlone(stage, other, run)) return
      const there = await stage.settle(other.run(flow, run.runId))
      ok(there)
      const result = await stage.settle(there.resume({ resumeData: 'go' }))
      equal(resultOf(result), 'go')
      equal(await stage.settle(run.status()), 'success')
      deepEqual(await stage.settle(run.result()), result)
    },
  },
  {
    id: 'recovery.a-sleep-that-comes-due',
    shows: ['recovery.sleeping', 'recovery.finished-stays'],
    async play(stage) {
      const calls: string[] = []
      const note = (id: string) => step(id, () => calls.push(id))
      const flow = workflow('sleeper').then(note('before')).sleep(HOUR, { id: 'nap' }).then(note('after')).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync())
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return
      stage.cutOff(one)
      await stage.clock.advance(HOUR / 2)
      await stage.settle(other.tick())
      await stage.quiet()
      deepEqual(calls, ['before'])
      await stage.clock.advance(HOUR / 2)
      await stage.settle(other.tick())
      await until(stage, () => calls.length > 1)
      await stage.quiet()
      const { runs } = await stage.settle(other.runs.list({ status: ['success'] }))
      equal(runs.length, 1)
      deepEqual(calls, ['before', 'after'])
      const { nap } = (await stage.settle(other.runs.get(run.runId)))?.steps ?? {}
      const { startedAt, endedAt } = nap as { readonly startedAt: number; readonly endedAt: number }
      ok(endedAt - startedAt >= HOUR && endedAt - startedAt < HOUR + 60_000 + (stage.lateMs ?? 0))
    },
  },
  {
    id: 'recovery.a-retry-that-comes-due',
    shows: ['recovery.retry'],
    async play(stage) {
      const counts: number[] = []
      const flaky = step('flaky', ({ retryCount, restart }) => {
        counts.push(retryCount)
        if (retryCount === 0) throw new Error('not yet')
        return { restart: restart ?? false }
      })
      const flow = workflow('patient', { retryConfig: { attempts: 1, delay: HOUR } })
        .then(flaky)
        .commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync())
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return
      stage.cutOff(one)
      await stage.clock.advance(HOUR + 1_000)
      await stage.settle(other.tick())
      await until(stage, () => counts.length > 1)
      deepEqual(counts, [0, 1])
      const there = await other.createRun(flow, { runId: run.runId })
      deepEqual(resultOf(await stage.settle(there.result())), { restart: false })
    },
  },
  {
    id: 'recovery.a-body-that-was-lost',
    shows: ['recovery.lost-body', 'recovery.same-attempt', 'recovery.late-result'],
    async play(stage) {
      const { body, gate, seen, reasons } = heldOnce('hold')
      const flow = workflow('lost').then(adds('first', 1)).then(body).then(echoes('after')).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      const started = run.start({ inputData: 1 })
      started.catch(() => undefined)
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) {
        gate.open()
        return
      }
      const reconnect = stage.cutOff(one)
      await takeOver(stage, other)
      equal(seen.length, 2)
      deepEqual(seen[1], { ...seen[0], restart: true })
      const there = await other.createRun(flow, { runId: run.runId })
      const result = await stage.settle(there.result())
      deepEqual(resultOf(result), ['again', 2])
      gate.open()
      reconnect()
      await stage.quiet()
      deepEqual(await stage.settle(started), result)
      deepEqual(await stage.settle(there.result()), result)
      equal(seen.length, 2)
      ok(reasons.every((reason) => reason === 'lost'))
    },
  },
  {
    id: 'recovery.a-body-that-hears-of-it',
    shows: ['recovery.late-result'],
    async play(stage) {
      const { body, gate, reasons, seen } = heldOnce('hold')
      const flow = workflow('stalled').then(body).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      const started = run.start()
      started.catch(() => undefined)
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return
      const reconnect = stage.cutOff(one)
      await takeOver(stage, other)
      reconnect()
      deepEqual(resultOf(await stage.settle(started)), ['again', undefined])
      await stage.clock.advance(LEASE_MS)
      await stage.quiet()
      deepEqual(reasons, ['lost'])
      equal(seen.length, 2)
      gate.open()
    },
  },
  {
    id: 'recovery.a-body-that-takes-its-time',
    shows: ['recovery.not-before'],
    async play(stage) {
      const { body, gate, seen } = heldOnce('hold')
      const flow = workflow('long').then(body).commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run: Run = await one.createRun(flow)
      const started = run.start()
      started.catch(() => undefined)
      await stage.settle(gate.reached())
      if (await livesAlone(stage, other, run)) return gate.open()
      for (let leases = 0; leases < 5; leases += 1) {
        await stage.clock.advance(LEASE_MS)
        await stage.settle(other.tick())
        await stage.quiet()
      }
      equal(seen.length, 1)
      gate.open()
      deepEqual(resultOf(await stage.settle(started)), ['late', undefined])
    },
  },
  {
    id: 'recovery.inside-blocks',
    shows: ['recovery.finished-stays', 'recovery.lost-body'],
    async play(stage) {
      const calls: string[] = []
      const { body, gate, seen } = heldOnce('hold')
      const note = (id: string) =>
        step(id, ({ inputData }) => {
          calls.push(`${id} ${inputData}`)
          return inputData
        })
      const asked = ({ inputData }: { readonly inputData: unknown }) => {
        calls.push('asked')
        return Boolean(inputData)
      }
      const inner = workflow('inner').then(note('in')).then(body).commit()
      const flow = workflow('blocks')
        .then(gives('given', 'x'))
        .branch([[asked, note('arm')]])
        .then(lists('list', ['a', 'b']))
        .foreach(note('each'), { concurrency: 2 })
        .then(gives('joined', 'y'))
        .parallel([note('quick'), inner])
        .commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync())
      await stage.settle(gate.reached())
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return gate.open()
      stage.cutOff(one)
      await takeOver(stage, other)
      const there = await other.createRun(flow, { runId: run.runId })
      const result = await stage.settle(there.result())
      deepEqual(resultOf(result), { quick: 'y', inner: ['again', 'y'] })
      deepEqual(calls.sort(), ['arm x', 'asked', 'each a', 'each b', 'in y', 'quick y'])
      deepEqual(new Set(Object.values(statuses(result))), new Set(['success']))
      equal(seen.length, 2)
    },
  },
  {
    id: 'recovery.in-the-middle-of-a-resume',
    shows: ['recovery.resume-data', 'recovery.lost-body'],
    async play(stage) {
      for (const [index, data] of [false, 0, null, { yes: true }].entries()) {
        const gate = createGate()
        const seen: unknown[] = []
        const wait = step('wait', async ({ resumeData, suspendData, restart, suspend }) => {
          if (resumeData === undefined) return suspend({ asked: true })
          seen.push([resumeData, suspendData, restart])
          if (seen.length === 1) await gate.pass()
          return { got: resumeData }
        })
        const flow = workflow(`resumed-${index}`).then(workflow('inner').then(wait).commit()).commit()
        const one = await oneProcess(stage, flow)
        const run: Run = await one.createRun(flow)
        await stage.settle(run.start())
        await stage.settle(run.resumeAsync({ resumeData: data }))
        await stage.settle(gate.reached())
        const other = await oneProcess(stage, flow)
        if (await livesAlone(stage, other, run)) return gate.open()
        stage.cutOff(one)
        await takeOver(stage, other)
        const there = await other.createRun(flow, { runId: run.runId })
        deepEqual(resultOf(await stage.settle(there.result())), { got: data })
        deepEqual(seen, [
          [data, { asked: true }, undefined],
          [data, { asked: true }, true],
        ])
      }
    },
  },
]
