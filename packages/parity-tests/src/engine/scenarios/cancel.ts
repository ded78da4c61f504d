import { deepEqual, equal, ok } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { aborted } from './parts/aborted.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, fails, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { statuses, told } from './parts/told.js'

const HOUR = 3_600_000

/** A step that says when it was reached and what its signal said, and gives what it is told to. */
function held(id: string, gives: unknown = 'too late') {
  const gate = createGate()
  const reasons: unknown[] = []
  const body = step(id, async ({ abortSignal, setState }) => {
    void aborted(abortSignal).then((reason) => reasons.push(reason))
    await gate.pass()
    await setState({ late: true })
    return gives
  })
  return { body, gate, reasons }
}

export const cancelScenarios: readonly Scenario[] = [
  {
    id: 'cancel.while-a-step-runs',
    shows: ['cancel.in-a-step', 'cancel.signal', 'cancel.records', 'cancel.answer', 'cancel.nothing-begins'],
    async play(stage) {
      const { body, gate, reasons } = held('hold')
      const flow = workflow('stopped').then(adds('first', 1)).then(body).then(fails('never')).commit()
      const { run, started } = await begin(stage, flow, { inputData: 1 })
      await stage.settle(gate.reached())
      equal(await stage.settle(run.cancel()), 'canceled')
      const result = await stage.settle(started)
      deepEqual(told(result), {
        status: 'canceled',
        input: 1,
        stepExecutionPath: ['first', 'hold'],
        steps: {
          input: 1,
          first: { status: 'success', payload: 1, output: 2 },
          hold: { status: 'canceled', payload: 2 },
        },
      })
      await stage.quiet()
      deepEqual(reasons, ['canceled'])
    },
  },
  {
    id: 'cancel.what-comes-late',
    shows: ['cancel.late-result', 'cancel.nothing-begins'],
    async play(stage) {
      const { body, gate } = held('hold')
      const flow = workflow('late').then(body).then(fails('never')).commit()
      const { run, started, engine } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await stage.settle(run.cancel())
      const result = await stage.settle(started)
      gate.open()
      await stage.quiet()
      deepEqual(await stage.settle(run.result()), result)
      const there = await elsewhere(stage, engine, run)
      deepEqual(await stage.settle(there.run.result()), result)
      deepEqual((await stage.settle(there.engine.runs.get(run.runId)))?.state, {})
    },
  },
  {
    id: 'cancel.an-error-that-comes-late',
    shows: ['cancel.late-result'],
    async play(stage) {
      const gate = createGate()
      let attempts = 0
      const throws = step(
        'throws',
        async () => {
          attempts += 1
          await gate.pass()
          throw new Error('too late')
        },
        { retries: 3 },
      )
      const { run, started } = await begin(stage, workflow('late error').then(throws).commit())
      await stage.settle(gate.reached())
      await stage.settle(run.cancel())
      gate.open()
      const result = await stage.settle(started)
      deepEqual(statuses(result), { throws: 'canceled' })
      await stage.quiet()
      deepEqual(await stage.settle(run.result()), result)
      equal(attempts, 1)
    },
  },
  {
    id: 'cancel.before-the-start',
    shows: ['cancel.before-start', 'cancel.answer', 'cancel.stays'],
    async play(stage) {
      const flow = workflow('unborn').then(fails('never')).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      equal(await stage.settle(run.cancel()), 'canceled')
      const there = await elsewhere(stage, engine, run)
      equal(await stage.settle(there.run.status()), 'canceled')
      equal((await stage.settle(there.run.start())).status, 'canceled')
      const { runs } = await stage.settle(there.engine.runs.list({ status: ['canceled'] }))
      deepEqual(
        runs.map(({ runId }) => runId),
        [run.runId],
      )
    },
  },
  {
    id: 'cancel.in-a-sleep',
    shows: ['cancel.in-a-sleep', 'cancel.records'],
    async play(stage) {
      const flow = workflow('sleeper').then(echoes('first')).sleep(HOUR, { id: 'nap' }).then(fails('never')).commit()
      const { run, started } = await begin(stage, flow, { inputData: 1 })
      const begunAt = stage.clock.now()
      await stage.quiet()
      equal(await stage.settle(run.status()), 'waiting')
      await stage.settle(run.cancel())
      deepEqual(told(await stage.settle(started)), {
        status: 'canceled',
        input: 1,
        stepExecutionPath: ['first', 'nap'],
        steps: {
          input: 1,
          first: { status: 'success', payload: 1, output: 1 },
          nap: { status: 'canceled', payload: 1 },
        },
      })
      ok(stage.clock.now() < begunAt + HOUR)
      await stage.clock.advance(2 * HOUR)
      equal(await stage.settle(run.status()), 'canceled')
    },
  },
  {
    id: 'cancel.in-a-retry-delay',
    shows: ['cancel.in-a-retry-delay', 'cancel.records'],
    async play(stage) {
      const failed = createGate()
      failed.open()
      let attempts = 0
      const flaky = step('flaky', async () => {
        attempts += 1
        await failed.pass()
        throw new Error('again')
      })
      const flow = workflow('patient', { retryConfig: { attempts: 5, delay: HOUR } })
        .then(flaky)
        .commit()
      const { run, started } = await begin(stage, flow)
      const begunAt = stage.clock.now()
      await stage.settle(failed.reached())
      await stage.quiet()
      await stage.settle(run.cancel())
      deepEqual(statuses(await stage.settle(started)), { flaky: 'canceled' })
      ok(stage.clock.now() < begunAt + HOUR)
      await stage.clock.advance(10 * HOUR)
      equal(attempts, 1)
    },
  },
  {
    id: 'cancel.a-suspended-run',
    shows: ['cancel.suspended', 'cancel.elsewhere', 'cancel.stays'],
    async play(stage) {
      const flow = workflow('waiting').then(echoes('first')).then(asks('wait')).commit()
      const { run, engine } = await finish(stage, flow, { inputData: 1 })
      const there = await elsewhere(stage, engine, run)
      equal(await stage.settle(there.run.cancel()), 'canceled')
      await refusal(stage, there.run.resume({ resumeData: 1 }), 'WF_RUN_ENDED')
      deepEqual(told(await stage.settle(there.run.result())), {
        status: 'canceled',
        input: 1,
        stepExecutionPath: ['first', 'wait'],
        steps: {
          input: 1,
          first: { status: 'success', payload: 1, output: 1 },
          wait: { status: 'suspended', payload: 1, suspendPayload: { ask: 'wait' } },
        },
      })
    },
  },
  {
    id: 'cancel.after-the-end',
    shows: ['cancel.finished', 'cancel.answer'],
    async play(stage) {
      const done = await finish(stage, workflow('done').then(echoes('only')).commit())
      const failed = await finish(stage, workflow('failed').then(fails('only')).commit())
      for (const { run, result, engine } of [done, failed]) {
        equal(await stage.settle(run.cancel()), result.status)
        const there = await elsewhere(stage, engine, run)
        equal(await stage.settle(there.run.cancel()), result.status)
        deepEqual(await stage.settle(there.run.result()), result)
      }
    },
  },
  {
    id: 'cancel.more-than-once',
    shows: ['cancel.twice', 'cancel.answer'],
    async play(stage) {
      const { body, gate, reasons } = held('hold')
      const { run, started } = await begin(stage, workflow('twice').then(body).commit())
      await stage.settle(gate.reached())
      const answers = await stage.settle(Promise.all([run.cancel(), run.cancel(), run.cancel()]))
      deepEqual(answers, ['canceled', 'canceled', 'canceled'])
      const result = await stage.settle(started)
      equal(await stage.settle(run.cancel()), 'canceled')
      deepEqual(await stage.settle(run.result()), result)
      await stage.quiet()
      deepEqual(reasons, ['canceled'])
    },
  },
]
