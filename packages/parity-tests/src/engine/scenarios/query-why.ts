import { deepEqual, equal, match, ok } from 'node:assert/strict'
import type { Reason } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { asks, echoes, fails, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'

const HOUR = 3_600_000

/** A reason without what differs from run to run. */
const bare = ({ session, since, dueAt, ...rest }: Reason): object => {
  equal(session === undefined, since === undefined)
  ok(since === undefined || Number.isFinite(since))
  ok(session === undefined || session.length > 0)
  ok(dueAt === undefined || Number.isFinite(dueAt))
  return rest
}

export const queryWhyScenarios: readonly Scenario[] = [
  {
    id: 'query.why-it-has-ended',
    shows: ['query.why-ended', 'query.why-unknown'],
    async play(stage) {
      const { run, engine } = await finish(stage, workflow('ended').then(echoes('only')).commit())
      deepEqual(await stage.settle(engine.runs.why(run.runId)), {
        runId: run.runId,
        status: 'success',
        waitsFor: [],
        text: `run "${run.runId}" is success and waits for nothing`,
      })
      const error = await refusal(stage, engine.runs.why('unknown'), 'WF_UNKNOWN_RUN')
      equal(error.runId, 'unknown')
    },
  },
  {
    id: 'query.why-it-is-suspended',
    shows: ['query.why-resume', 'query.why-several'],
    async play(stage) {
      const inner = workflow('inner').then(asks('leaf')).commit()
      const flow = workflow('two')
        .parallel([asks('p'), inner])
        .commit()
      const { run, engine } = await finish(stage, flow)
      const there = await elsewhere(stage, engine, run)
      deepEqual(await stage.settle(there.engine.runs.why(run.runId)), {
        runId: run.runId,
        status: 'suspended',
        waitsFor: [
          { kind: 'resume', step: ['p'] },
          { kind: 'resume', step: ['inner', 'leaf'] },
        ],
        text: `run "${run.runId}" is suspended: it waits for a resume of "p", it waits for a resume of "inner.leaf"`,
      })
    },
  },
  {
    id: 'query.why-it-waits',
    shows: ['query.why-timer', 'query.changes-nothing'],
    async play(stage) {
      const sleeping = workflow('sleeping').sleep(HOUR, { id: 'nap' }).commit()
      const { run, engine } = await begin(stage, sleeping)
      await stage.quiet()
      const begunAt = stage.clock.now()
      const { status, waitsFor, text } = await stage.settle(engine.runs.why(run.runId))
      equal(status, 'waiting')
      deepEqual(waitsFor.map(bare), [{ kind: 'timer', step: ['nap'], for: 'sleep' }])
      ok(Math.abs((waitsFor[0]?.dueAt ?? 0) - begunAt - HOUR) < 60_000)
      match(text, /is waiting: it waits for a timer of "nap"$/)
      equal(await stage.settle(run.cancel()), 'canceled')
    },
  },
  {
    id: 'query.why-it-is-not-tried-again-yet',
    shows: ['query.why-timer'],
    async play(stage) {
      const flow = workflow('patient', { retryConfig: { attempts: 3, delay: HOUR } })
        .then(fails('flaky'))
        .commit()
      const { run, engine } = await begin(stage, flow)
      await stage.quiet()
      const { status, waitsFor } = await stage.settle(engine.runs.why(run.runId))
      equal(status, 'running')
      deepEqual(waitsFor.map(bare), [{ kind: 'timer', step: ['flaky'], for: 'retry', attempt: 1 }])
      await stage.settle(run.cancel())
    },
  },
  {
    id: 'query.why-it-runs',
    shows: ['query.why-running', 'query.why-several'],
    async play(stage) {
      const gate = createGate()
      const hold = step('hold', () => gate.pass())
      const inner = workflow('inner').then(hold).commit()
      const flow = workflow('busy')
        .parallel([inner, asks('wait')])
        .commit()
      const { run, engine, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await stage.quiet()
      const { status, waitsFor, text } = await stage.settle(engine.runs.why(run.runId))
      equal(status, 'running')
      deepEqual(waitsFor.map(bare), [
        { kind: 'resume', step: ['wait'] },
        { kind: 'running', step: ['inner', 'hold'], attempt: 0 },
      ])
      ok(waitsFor[1]?.session)
      match(text, /is running: it waits for a resume of "wait", it is running "inner\.hold"$/)
      gate.open()
      equal((await stage.settle(started)).status, 'suspended')
    },
  },
  {
    id: 'query.why-it-is-paused',
    shows: ['query.why-paused'],
    async play(stage) {
      const flow = workflow('walk').then(echoes('a')).then(echoes('b')).commit()
      const { run, engine } = await finish(stage, flow, { perStep: true })
      const { status, waitsFor, text } = await stage.settle(engine.runs.why(run.runId))
      equal(status, 'paused')
      deepEqual(waitsFor, [{ kind: 'resume', step: [] }])
      match(text, /is paused: it waits for a resume of the run$/)
    },
  },
]
