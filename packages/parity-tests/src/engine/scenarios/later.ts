import { deepEqual, equal, ok } from 'node:assert/strict'
import { createWorkflow, type StartOptions } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any, number } from '../schemas.js'
import type { Stage } from '../stage.js'
import { begin, elsewhere } from './parts/begin.js'
import { type Call, noting } from './parts/calls.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { adds, asks, step, workflow } from './parts/loose.js'
import { livesAlone, twoProcesses } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { resultOf, told } from './parts/told.js'

/** A workflow that notes when it runs. */
function timed(stage: Stage) {
  const at: number[] = []
  const tells = step('tells', ({ inputData, state, requestContext }) => {
    at.push(stage.clock.now())
    return { inputData, state, user: requestContext.get('user') }
  })
  return { flow: workflow('later').then(tells).commit(), at }
}

/** A server's clock says when it begins, and the stage's clock when it ran: that one may be behind by a round trip. */
const CLOCKS_APART_MS = 50

/** It ran once, at this moment or soon after. */
function ranAt(at: readonly number[], moment: number): void {
  equal(at.length, 1)
  const late = (at[0] ?? 0) - moment
  ok(late >= -CLOCKS_APART_MS && late <= MINUTE, `it ran ${late} ms after its moment`)
}

const given = { inputData: 'in', initialState: { x: 1 }, requestContext: { user: 'u' } }

function later(id: string, when: (stage: Stage) => StartOptions): Scenario {
  return {
    id,
    shows: ['later.begins', 'later.recorded'],
    async play(stage) {
      const { flow, at } = timed(stage)
      const moment = stage.clock.now() + HOUR
      const { run, engine, started } = await begin(stage, flow, { ...given, ...when(stage) })
      await stage.quiet()
      equal(await stage.settle(run.status()), 'waiting')
      const { runs } = await stage.settle(engine.runs.list({ status: ['waiting'] }))
      deepEqual(
        runs.map(({ runId }) => runId),
        [run.runId],
      )
      const known = await stage.settle(engine.runs.get(run.runId))
      equal(known?.status, 'waiting')
      equal(at.length, 0)
      const result = await stage.settle(started)
      deepEqual(resultOf(result), { inputData: 'in', state: { x: 1 }, user: 'u' })
      ranAt(at, moment)
    },
  }
}

export const laterScenarios: readonly Scenario[] = [
  later('later.at-a-date', (stage) => ({ startAt: new Date(stage.clock.now() + HOUR) })),
  later('later.at-milliseconds', (stage) => ({ startAt: stage.clock.now() + HOUR })),
  later('later.after-a-delay', () => ({ startAfterMs: HOUR })),
  {
    id: 'later.past-moments',
    shows: ['later.past'],
    async play(stage) {
      const { flow, at } = timed(stage)
      const engine = await stage.engine(flow)
      const now = stage.clock.now()
      const ways: readonly StartOptions[] = [
        { startAt: now },
        { startAt: new Date(now - HOUR) },
        { startAt: 0 },
        { startAt: -1 },
        { startAfterMs: 0 },
      ]
      for (const when of ways) {
        const before = stage.clock.now()
        const run = await engine.createRun(flow)
        equal((await stage.settle(run.start({ ...given, ...when }))).status, 'success')
        ranAt(at.splice(0), before)
      }
    },
  },
  {
    id: 'later.answers-at-once',
    shows: ['later.recorded', 'later.once'],
    async play(stage) {
      const { flow, at } = timed(stage)
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const moment = stage.clock.now() + HOUR
      deepEqual(await stage.settle(run.startAsync({ ...given, startAt: moment })), { runId: run.runId })
      await refusal(stage, run.start({ inputData: 'now' }), 'WF_CONFLICT')
      await refusal(stage, run.start({ startAt: 0 }), 'WF_CONFLICT')
      ok(stage.clock.now() < moment)
      equal(at.length, 0)
      const joined = await stage.settle(run.start({ inputData: 'other', onConflict: 'attach' }))
      equal(joined.input, 'in')
      equal(joined.status, 'success')
      ranAt(at, moment)
    },
  },
  {
    id: 'later.checked-at-once',
    shows: ['later.recorded'],
    async play(stage) {
      const flow = createWorkflow({ id: 'numbers', inputSchema: number(), outputSchema: any() })
        .then(adds('more', 1))
        .commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const wrong = { inputData: 'one' as unknown as number, startAfterMs: HOUR }
      await refusal(stage, run.start(wrong), 'WF_INVALID_INPUT')
      equal(await stage.settle(run.status()), 'pending')
      equal(resultOf(await stage.settle(run.start({ inputData: 1, startAfterMs: HOUR }))), 2)
    },
  },
  {
    id: 'later.canceled',
    shows: ['later.cancel'],
    async play(stage) {
      const { flow, at } = timed(stage)
      const { run, started } = await begin(stage, flow, { ...given, startAfterMs: HOUR })
      await stage.quiet()
      equal(await stage.settle(run.cancel()), 'canceled')
      deepEqual(told(await stage.settle(started)), {
        status: 'canceled',
        input: 'in',
        stepExecutionPath: [],
        steps: { input: 'in' },
      })
      await stage.clock.advance(2 * HOUR)
      await stage.quiet()
      equal(at.length, 0)
      await refusal(stage, run.start(given), 'WF_CONFLICT')
    },
  },
  {
    id: 'later.after-a-restart',
    shows: ['later.elsewhere'],
    async play(stage) {
      const { flow, at } = timed(stage)
      const { run, engine } = await begin(stage, flow, { ...given, startAfterMs: HOUR })
      const moment = stage.clock.now() + HOUR
      await stage.quiet()
      const there = await elsewhere(stage, engine, run)
      equal(await stage.settle(there.run.status()), 'waiting')
      const result = await stage.settle(there.run.result())
      deepEqual(resultOf(result), { inputData: 'in', state: { x: 1 }, user: 'u' })
      ranAt(at, moment)
    },
  },
  {
    id: 'later.while-nobody-was-there',
    shows: ['later.elsewhere'],
    async play(stage) {
      const { flow, at } = timed(stage)
      const { one, other } = await twoProcesses(stage, flow)
      const run = await one.createRun(flow)
      const moment = stage.clock.now() + HOUR
      await stage.settle(run.startAsync({ ...given, startAt: moment }))
      if (await livesAlone(stage, other, run)) return
      stage.cutOff(one)
      equal(await stage.settle(other.tick()), 0)
      await stage.clock.advance(3 * HOUR)
      await stage.settle(other.tick())
      await stage.quiet()
      const there = await stage.settle(other.run(flow, run.runId))
      ok(there)
      equal((await stage.settle(there.result())).status, 'success')
      equal(at.length, 1)
      ok((at[0] ?? 0) >= moment)
    },
  },
  {
    id: 'later.begun-by-one-of-two',
    shows: ['later.elsewhere', 'later.begins'],
    async play(stage) {
      const { flow, at } = timed(stage)
      const { one, other } = await twoProcesses(stage, flow)
      const run = await one.createRun(flow)
      await stage.settle(run.startAsync({ ...given, startAfterMs: HOUR }))
      if (await livesAlone(stage, other, run)) return
      const there = await stage.settle(other.run(flow, run.runId))
      ok(there)
      const [here, away] = await stage.settle(Promise.all([run.result(), there.result()]))
      deepEqual(here, away)
      equal(at.length, 1)
    },
  },
  {
    id: 'later.time-of-the-run',
    shows: ['later.time'],
    async play(stage) {
      const flow = createWorkflow({ id: 'limited', inputSchema: any(), outputSchema: any(), timeoutMs: 30 * MINUTE })
        .sleep(20 * MINUTE)
        .then(adds('more', 1))
        .commit()
      const { started } = await begin(stage, flow, { inputData: 1, startAfterMs: HOUR })
      equal(resultOf(await stage.settle(started)), 2)
    },
  },
  {
    id: 'later.callbacks',
    shows: ['later.callback'],
    async play(stage) {
      const calls: Call[] = []
      const flow = workflow('called back', { options: noting(calls) })
        .then(asks('wait'))
        .commit()
      const { run, started } = await begin(stage, flow, { ...given, startAfterMs: HOUR })
      await stage.quiet()
      equal(calls.length, 0)
      equal((await stage.settle(started)).status, 'suspended')
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'go' }))), 'go')
      const [first, ...others] = calls
      equal(first?.name, 'onStart')
      deepEqual([first?.context.getInitData(), first?.context.state], ['in', { x: 1 }])
      deepEqual(
        others.map(({ name, context }) => [name, context.status]),
        [
          ['onFinish', 'suspended'],
          ['onFinish', 'success'],
        ],
      )
    },
  },
  {
    id: 'later.refused-by-its-callback',
    shows: ['later.callback'],
    async play(stage) {
      let refuses = true
      const onStart = (): void => {
        if (refuses) throw new Error('not today')
      }
      const flow = workflow('refused', { options: { onStart } }).then(adds('more', 1)).commit()
      const { run, started } = await begin(stage, flow, { inputData: 1, startAfterMs: HOUR })
      const error = await stage.settle(started.catch((reason: unknown) => reason))
      ok(error instanceof Error && error.message.includes('not today'))
      equal(await stage.settle(run.status()), 'pending')
      refuses = false
      equal(resultOf(await stage.settle(run.start({ inputData: 2 }))), 3)
    },
  },
  {
    id: 'later.why-it-waits',
    shows: ['later.why'],
    async play(stage) {
      const { flow } = timed(stage)
      const dueAt = stage.clock.now() + HOUR
      const { run, engine } = await begin(stage, flow, { ...given, startAt: dueAt })
      await stage.quiet()
      const { waitsFor, text, status } = await stage.settle(engine.runs.why(run.runId))
      deepEqual(waitsFor, [{ kind: 'timer', step: [], for: 'start', dueAt }])
      equal(status, 'waiting')
      equal(text, `run "${run.runId}" is waiting: it waits for a timer of the run`)
    },
  },
  {
    id: 'later.wrong-moments',
    shows: ['later.refused'],
    async play(stage) {
      const { flow, at } = timed(stage)
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const wrong = {
        startAt: ['tomorrow', new Date(Number.NaN), Number.NaN, Number.POSITIVE_INFINITY, 8.65e15, null, {}, true],
        startAfterMs: ['1 h', -1, Number.NaN, Number.POSITIVE_INFINITY, null, new Date()],
      }
      for (const [field, values] of Object.entries(wrong)) {
        for (const value of values) {
          const options = { [field]: value } as unknown as StartOptions
          equal((await refusal(stage, run.start(options), 'WF_INVALID_OPTION')).field, field)
          equal((await refusal(stage, run.startAsync(options), 'WF_INVALID_OPTION')).field, field)
        }
      }
      const both = await refusal(stage, run.start({ startAt: 0, startAfterMs: 0 }), 'WF_INVALID_OPTION')
      deepEqual([both.field, both.workflowId, both.runId], ['startAfterMs', 'later', run.runId])
      equal(at.length, 0)
      equal(await stage.settle(run.status()), 'pending')
    },
  },
  {
    id: 'later.step-by-step',
    shows: ['later.step-by-step'],
    async play(stage) {
      const flow = workflow('two').then(adds('a', 1)).then(adds('b', 1)).commit()
      const { run, started } = await begin(stage, flow, { inputData: 1, startAfterMs: HOUR, perStep: true })
      const paused = await stage.settle(started)
      deepEqual([paused.status, paused.stepExecutionPath], ['paused', ['a']])
      equal(resultOf(await stage.settle(run.resume())), 3)
    },
  },
]
