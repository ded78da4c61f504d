import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createWorkflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { asks, echoes, lists, step, workflow } from './parts/loose.js'

/** `since` is of the storage's clock, and `before` of another one. */
const CLOCKS_APART_MS = 1_000

export const queryWhyMoreScenarios: readonly Scenario[] = [
  {
    id: 'query.why-items-are-suspended',
    shows: ['query.why-resume', 'query.why-several'],
    async play(stage) {
      const approve = step('approve', ({ inputData, resumeData, suspend }) => {
        const resumeLabel = [`ask ${inputData}`, `tell ${inputData}`]
        return inputData === 'b' ? 'done' : (resumeData ?? suspend({}, { resumeLabel }))
      })
      const item = workflow('item').then(approve).commit()
      const flow = workflow('items')
        .then(lists('list', ['a', 'b', 'c']))
        .foreach(item, { concurrency: 3 })
        .commit()
      const { run, engine } = await finish(stage, flow)
      const there = await elsewhere(stage, engine, run)
      deepEqual((await stage.settle(there.engine.runs.why(run.runId))).waitsFor, [
        { kind: 'resume', step: ['item', 'approve'], index: 0, labels: ['ask a', 'tell a'] },
        { kind: 'resume', step: ['item', 'approve'], index: 2, labels: ['ask c', 'tell c'] },
      ])
    },
  },
  {
    id: 'query.why-very-many-items-are-suspended',
    shows: ['query.why-briefly', 'query.why-several'],
    async play(stage) {
      const flow = workflow('crowd')
        .then(
          lists(
            'list',
            Array.from({ length: 40 }, (_, index) => index),
          ),
        )
        .foreach(asks('wait'), { concurrency: 40 })
        .commit()
      const { run, engine } = await finish(stage, flow)
      const { waitsFor, text } = await stage.settle(engine.runs.why(run.runId))
      deepEqual(
        waitsFor.map(({ index }) => index),
        Array.from({ length: 40 }, (_, index) => index),
      )
      match(text, /^(?:[^"]*"){2}[^"]*(?:"wait"[^"]*){5}, and 35 more$/)
    },
  },
  {
    id: 'query.why-a-callback-runs',
    shows: ['query.why-callback', 'query.why-running'],
    async play(stage) {
      const gate = createGate()
      const options = { onFinish: () => gate.pass() }
      const flow = createWorkflow({ id: 'ending', inputSchema: any(), outputSchema: any(), options })
        .then(echoes('only'))
        .commit()
      const { run, engine, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await stage.quiet()
      const before = stage.clock.now()
      const { status, waitsFor, text } = await stage.settle(engine.runs.why(run.runId))
      equal(status, 'success')
      const [{ session, since, ...callback } = { kind: '', step: [] }] = waitsFor
      deepEqual(callback, { kind: 'callback', step: [], attempt: 0 })
      ok(session !== undefined && since !== undefined && since <= before + CLOCKS_APART_MS)
      match(text, /is success: it is running a callback of the run$/)
      gate.open()
      await stage.settle(started)
      deepEqual((await stage.settle(engine.runs.why(run.runId))).waitsFor, [])
    },
  },
  {
    id: 'query.why-it-did-not-begin',
    shows: ['query.why-start'],
    async play(stage) {
      const options = {
        onStart: () => {
          throw new Error('not today')
        },
      }
      const flow = createWorkflow({ id: 'refused', inputSchema: any(), outputSchema: any(), options })
        .then(echoes('only'))
        .commit()
      const { run, engine, started } = await begin(stage, flow)
      await stage.settle(started.catch(() => undefined))
      const { status, waitsFor, text } = await stage.settle(engine.runs.why(run.runId))
      deepEqual([status, waitsFor], ['pending', [{ kind: 'start', step: [] }]])
      match(text, /is pending: it waits for a start of the run$/)
      const seen = await stage.settle(engine.runs.get(run.runId))
      deepEqual([seen?.status, seen?.payload, seen?.steps], ['pending', undefined, { input: undefined }])
    },
  },
]
