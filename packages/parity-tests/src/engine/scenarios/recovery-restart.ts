import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createStep, createWorkflow, RequestContext, type Run } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any, fields } from '../schemas.js'
import { finish } from './parts/begin.js'
import { afterCrash, crashing } from './parts/crashing.js'
import { asks, echoes, fails, step, workflow } from './parts/loose.js'
import { LEASE_MS, livesAlone, oneProcess, twoProcesses } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { errorOf, resultOf } from './parts/told.js'

const isText = (value: unknown): boolean => typeof value === 'string'

export const recoveryRestartScenarios: readonly Scenario[] = [
  {
    id: 'recovery.restart-of-what-is-not-active',
    shows: ['recovery.restart-refused'],
    async play(stage) {
      const flow = workflow('idle').then(asks('wait')).then(echoes('after')).commit()
      const engine = await stage.engine(flow)
      const run: Run = await engine.createRun(flow, { runId: 'idle-1' })
      await refusal(stage, run.restart(), 'WF_UNKNOWN_RUN')
      await stage.settle(run.start())
      for (const call of [() => run.restart(), () => run.restartAsync()]) {
        const error = await refusal(stage, call(), 'WF_NOT_ACTIVE')
        match(error.message, /This workflow run was not active: it is suspended.*`resume`.*"idle-1"/)
        deepEqual([error.workflowId, error.runId], ['idle', 'idle-1'])
      }
      const stepwise: Run = await engine.createRun(flow)
      await stage.settle(stepwise.start({ perStep: true }))
      await stage.settle(stepwise.resume({ resumeData: 1, perStep: true }))
      const paused = await refusal(stage, stepwise.restart(), 'WF_NOT_ACTIVE')
      match(paused.message, /it is paused/)
      const wrong = refusal(stage, run.restart({ requestContext: 1 as never }), 'WF_INVALID_OPTION')
      equal((await wrong).field, 'requestContext')
      equal(await stage.settle(run.status()), 'suspended')
    },
  },
  {
    id: 'recovery.restart-of-what-has-ended',
    shows: ['recovery.restart-ended'],
    async play(stage) {
      const { log, note } = crashing()
      const good = await finish(stage, workflow('good').then(note('step')).commit(), { inputData: 'in' })
      deepEqual(await stage.settle(good.run.restart()), good.result)
      deepEqual(log, ['step'])
      const bad = await finish(stage, workflow('bad').then(note('before')).then(fails('no')).commit())
      const again = await stage.settle(bad.run.restart({ outputOptions: { includeState: true } }))
      equal(errorOf(again).message, 'no fails')
      deepEqual(again, { ...bad.result, state: {} })
      deepEqual(log, ['step', 'before'])
      const gone = await finish(stage, workflow('gone').then(asks('wait')).commit())
      await stage.settle(gone.run.cancel())
      equal((await stage.settle(gone.run.restart())).status, 'canceled')
    },
  },
  {
    id: 'recovery.restart-with-request-context',
    shows: ['recovery.restart-context'],
    async play(stage) {
      const { gate, hold } = crashing()
      const seen: unknown[] = []
      const looks = (id: string, then: () => Promise<void> | undefined) =>
        step(id, async ({ requestContext }) => {
          seen.push(requestContext.toJSON())
          await then()
        })
      const flow = workflow('carried')
        .then(looks('lost', hold))
        .then(looks('after', () => undefined))
        .commit()
      const result = await afterCrash(stage, flow, {
        gate,
        start: { requestContext: { user: 'ada', token: 'old' } },
        restart: { requestContext: { token: 'new', more: 0 } },
      })
      if (!result) return
      equal(result.status, 'success')
      const merged = { user: 'ada', token: 'new', more: 0 }
      deepEqual(seen, [{ user: 'ada', token: 'old' }, merged, merged])
    },
  },
  {
    id: 'recovery.restart-of-what-was-given-back',
    shows: ['recovery.restart-context', 'recovery.close-releases'],
    async play(stage) {
      const gate = createGate()
      const seen: unknown[] = []
      const look = createStep({
        id: 'look',
        inputSchema: any(),
        outputSchema: any(),
        execute: async ({ requestContext, restart }) => {
          seen.push([restart, requestContext.toJSON()])
          if (!restart) await gate.pass()
        },
      })
      const requestContextSchema = fields<{ token: string }>({ token: isText })
      const flow = createWorkflow({ id: 'given-back', inputSchema: any(), outputSchema: any(), requestContextSchema })
        .then(look)
        .commit()
      const one = await oneProcess(stage, flow)
      const run = await one.createRun(flow)
      await stage.settle(run.startAsync({ requestContext: new RequestContext({ token: 'old', user: 'ada' }) }))
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      await one.close()
      gate.open()
      await stage.quiet()
      if (await livesAlone(stage, other, run)) return
      // Workers that look for work have taken it already, with the context that was recorded.
      if (seen.length > 1) return deepEqual(seen[1], [true, { token: 'old', user: 'ada' }])
      const there = await other.createRun(flow, { runId: run.runId })
      await refusal(stage, there.restart({ requestContext: { token: 1 as never } }), 'WF_INVALID_REQUEST_CONTEXT')
      equal(seen.length, 1)
      const result = await stage.settle(there.restart({ requestContext: { token: 'new' } }))
      deepEqual([result.status, seen[1]], ['success', [true, { token: 'new', user: 'ada' }]])
    },
  },
  {
    id: 'recovery.restart-while-it-lives',
    shows: ['recovery.restart-alive', 'recovery.not-before'],
    async play(stage) {
      const { gate, log, fatal, note } = crashing()
      const flow = workflow('alive').then(fatal('step')).then(note('after')).commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run: Run = await one.createRun(flow)
      const started = run.start({ inputData: 'in' })
      started.catch(() => undefined)
      await stage.settle(gate.reached())
      await stage.quiet()
      const there: Run = stage.keepsRuns ? await other.createRun(flow, { runId: run.runId }) : run
      const restarted = Promise.all([there.restart(), run.restart(), there.restart()])
      restarted.catch(() => undefined)
      await stage.quiet()
      await stage.clock.advance(3 * LEASE_MS)
      await stage.quiet()
      deepEqual(log, ['step'])
      gate.open()
      const first = await stage.settle(started)
      for (const result of await stage.settle(restarted)) deepEqual(result, first)
      equal(resultOf(first), 'in')
      deepEqual(log, ['step', 'after'])
    },
  },
  {
    id: 'recovery.restarted-by-two-processes',
    shows: ['recovery.one-takes', 'recovery.restart'],
    async play(stage) {
      const { gate, log, fatal, note } = crashing()
      const flow = workflow('contested').then(fatal('step')).then(note('after')).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync({ inputData: 'in' }))
      await stage.settle(gate.reached())
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      const third = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return gate.open()
      stage.cutOff(one)
      const handles = await Promise.all([other, third].map((engine) => engine.createRun(flow, { runId: run.runId })))
      const results = await stage.settle(Promise.all(handles.map((there: Run) => there.restart())))
      gate.open()
      deepEqual(results[0], results[1])
      deepEqual(log, ['step', 'step again', 'after'])
    },
  },
  {
    id: 'recovery.restarted-in-the-background',
    shows: ['recovery.restart-async'],
    async play(stage) {
      const { gate, log, fatal } = crashing()
      const flow = workflow('behind').then(fatal('step')).commit()
      const one = await oneProcess(stage, flow)
      const run: Run = await one.createRun(flow)
      await stage.settle(run.startAsync())
      await stage.settle(gate.reached())
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return gate.open()
      stage.cutOff(one)
      const there = await stage.settle(other.run(flow, run.runId))
      ok(there)
      deepEqual(await stage.settle(there.restartAsync()), { runId: run.runId })
      gate.open()
      equal((await stage.settle(there.result())).status, 'success')
      deepEqual(log, ['step', 'step again'])
    },
  },
]
