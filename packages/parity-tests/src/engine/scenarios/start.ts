import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { createWorkflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any, number } from '../schemas.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, step, workflow } from './parts/loose.js'
import { refusal, refusalText } from './parts/refusal.js'
import { resultOf, told } from './parts/told.js'

/** A step that counts how often it runs. */
function counted() {
  const calls: unknown[] = []
  const body = step('counted', ({ inputData }) => {
    calls.push(inputData)
    return inputData
  })
  return { flow: workflow('counted once').then(body).commit(), calls }
}

export const startScenarios: readonly Scenario[] = [
  {
    id: 'start.a-second-time',
    shows: ['start.once', 'start.refusal-changes-nothing'],
    async play(stage) {
      const { flow, calls } = counted()
      const { run, engine, result } = await finish(stage, flow, { inputData: 1 })
      const text = await refusalText(stage, run.start({ inputData: 2 }), 'WF_CONFLICT')
      match(text, /^run ".+" was started before/)
      const there = await elsewhere(stage, engine, run)
      const error = await refusal(stage, there.run.start({ inputData: 3 }), 'WF_CONFLICT')
      deepEqual([error.workflowId, error.runId], ['counted once', run.runId])
      deepEqual(calls, [1])
      deepEqual(await stage.settle(there.run.result()), result)
    },
  },
  {
    id: 'start.while-it-runs-or-rests',
    shows: ['start.once', 'start.refusal-changes-nothing'],
    async play(stage) {
      const gate = createGate()
      const flow = workflow('held')
        .then(step('hold', () => gate.pass()))
        .then(asks('wait'))
        .commit()
      const { run, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await refusal(stage, run.start(), 'WF_CONFLICT')
      gate.open()
      equal((await stage.settle(started)).status, 'suspended')
      await refusal(stage, run.start(), 'WF_CONFLICT')
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'go' }))), 'go')
    },
  },
  {
    id: 'start.five-at-one-moment',
    shows: ['start.one-execution'],
    async play(stage) {
      const { flow, calls } = counted()
      const engine = await stage.engine(flow)
      const handles = await Promise.all([1, 2, 3, 4, 5].map(() => engine.createRun(flow, { runId: 'one' })))
      const all = await stage.settle(Promise.allSettled(handles.map((run, inputData) => run.start({ inputData }))))
      const won = all.flatMap((one) => (one.status === 'fulfilled' ? [resultOf(one.value)] : []))
      equal(won.length, 1)
      deepEqual(calls, won)
      await refusal(stage, handles[0]?.start() ?? Promise.resolve(), 'WF_CONFLICT')
    },
  },
  {
    id: 'start.attached-to-what-runs',
    shows: ['start.attach', 'start.attach-own-options'],
    async play(stage) {
      const gate = createGate()
      const sets = step('sets', async ({ setState }) => {
        await setState({ seen: true })
        await gate.pass()
        return 'done'
      })
      const flow = workflow('joined').then(sets).commit()
      const { run, engine, started } = await begin(stage, flow, { inputData: 'first' })
      await stage.settle(gate.reached())
      const handle = await engine.createRun(flow, { runId: run.runId })
      const joined = handle.start({
        inputData: 'second',
        onConflict: 'attach',
        outputOptions: { includeState: true },
      })
      gate.open()
      const [one, other] = await stage.settle(Promise.all([started, joined]))
      equal(resultOf(one), 'done')
      equal(one.input, 'first')
      ok(!('state' in one))
      deepEqual(other, { ...one, state: { seen: true } })
    },
  },
  {
    id: 'start.attached-to-what-rests',
    shows: ['start.attach-at-rest'],
    async play(stage) {
      const flow = workflow('resting').then(asks('wait')).commit()
      const { run, engine, result } = await finish(stage, flow)
      deepEqual(await stage.settle(run.start({ onConflict: 'attach' })), result)
      const done = await stage.settle(run.resume({ resumeData: 1 }))
      const there = await elsewhere(stage, engine, run)
      deepEqual(await stage.settle(there.run.start({ onConflict: 'attach' })), done)
    },
  },
  {
    id: 'start.attached-from-the-first',
    shows: ['start.attach-first', 'start.attach-together'],
    async play(stage) {
      const { flow, calls } = counted()
      const engine = await stage.engine(flow)
      const starts = [1, 2, 3].map(async () => {
        const run = await engine.createRun(flow, { runId: 'shared' })
        return run.start({ inputData: 'x', onConflict: 'attach' })
      })
      const [first, ...others] = await stage.settle(Promise.all(starts))
      ok(first)
      equal(resultOf(first), 'x')
      for (const other of others) deepEqual(other, first)
      deepEqual(calls, ['x'])
    },
  },
  {
    id: 'start.after-cancel',
    shows: ['start.after-cancel'],
    async play(stage) {
      const { flow, calls } = counted()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      equal(await stage.settle(run.cancel()), 'canceled')
      const results = [
        await stage.settle(run.start({ inputData: 1 })),
        await stage.settle(run.start({ inputData: 2, onConflict: 'attach' })),
      ]
      for (const result of results) {
        deepEqual(told(result), {
          status: 'canceled',
          input: undefined,
          stepExecutionPath: [],
          steps: { input: undefined },
        })
      }
      deepEqual(calls, [])
    },
  },
  {
    id: 'start.without-waiting',
    shows: ['start.async', 'start.async-refused', 'start.result'],
    async play(stage) {
      const gate = createGate()
      const flow = workflow('async')
        .then(step('hold', () => gate.pass()))
        .then(echoes('after'))
        .commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      deepEqual(await stage.settle(run.startAsync()), { runId: run.runId })
      await stage.settle(gate.reached())
      equal(await stage.settle(run.status()), 'running')
      await refusal(stage, run.startAsync(), 'WF_CONFLICT')
      const waited = run.result()
      gate.open()
      const result = await stage.settle(waited)
      equal(result.status, 'success')
      deepEqual(await stage.settle(run.result()), result)
      deepEqual(await stage.settle(run.startAsync({ onConflict: 'attach' })), { runId: run.runId })
    },
  },
  {
    id: 'start.input-that-does-not-fit',
    shows: ['start.invalid-input', 'start.pending'],
    async play(stage) {
      const flow = createWorkflow({ id: 'numbers', inputSchema: number(), outputSchema: any() })
        .then(adds('more', 1))
        .commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      equal(await stage.settle(run.status()), 'pending')
      const wrong = { inputData: 'one' as unknown as number }
      await refusal(stage, run.start(wrong), 'WF_INVALID_INPUT')
      await refusal(stage, run.startAsync(wrong), 'WF_INVALID_INPUT')
      equal(await stage.settle(run.status()), 'pending')
      equal(resultOf(await stage.settle(run.start({ inputData: 1 }))), 2)
    },
  },
  {
    id: 'start.nothing-given',
    shows: ['start.no-input'],
    async play(stage) {
      const { result } = await finish(stage, workflow('bare').then(echoes('only')).commit())
      deepEqual(told(result), {
        status: 'success',
        result: undefined,
        input: undefined,
        stepExecutionPath: ['only'],
        steps: { input: undefined, only: { status: 'success', payload: undefined, output: undefined } },
      })
    },
  },
  {
    id: 'start.ids-of-runs',
    shows: ['start.run-id', 'start.handle'],
    async play(stage) {
      const flow = workflow('named').then(
        step('tells', ({ runId, workflowId, resourceId }) => [runId, workflowId, resourceId]),
      )
      const named = flow.commit()
      const engine = await stage.engine(named)
      const given = await engine.createRun(named, { runId: 'mine', resourceId: 'somebody' })
      deepEqual([given.runId, given.workflowId, given.resourceId], ['mine', 'named', 'somebody'])
      deepEqual(resultOf(await stage.settle(given.start())), ['mine', 'named', 'somebody'])
      const [one, other] = [await engine.createRun(named), await engine.createRun(named)]
      ok(one.runId.length > 0)
      notEqual(one.runId, other.runId)
      equal(one.resourceId, undefined)
      deepEqual(resultOf(await stage.settle(one.start())), [one.runId, 'named', undefined])
    },
  },
  {
    id: 'start.two-hundred-at-once',
    shows: ['start.many'],
    async play(stage) {
      const flow = workflow('crowd').then(adds('a', 1)).then(adds('b', 1)).commit()
      const engine = await stage.engine(flow)
      const runs = await Promise.all(Array.from({ length: 200 }, () => engine.createRun(flow)))
      const results = await stage.settle(Promise.all(runs.map((run, inputData) => run.start({ inputData }))))
      deepEqual(
        results.map(resultOf),
        Array.from({ length: 200 }, (_none, index) => index + 2),
      )
      deepEqual(
        results.map(({ runId }) => runId),
        runs.map(({ runId }) => runId),
      )
    },
  },
]
