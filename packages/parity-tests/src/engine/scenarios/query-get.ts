import { deepEqual, equal, ok } from 'node:assert/strict'
import type { WorkflowState } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { untimed } from './parts/told.js'

/** A snapshot without what differs from run to run, which must be there. */
function bare(snapshot: WorkflowState | undefined): Record<string, unknown> {
  ok(snapshot)
  const { runId, createdAt, updatedAt, steps, isFromInMemory, serializedStepGraph, ...fields } = snapshot
  ok(typeof runId === 'string' && createdAt <= updatedAt)
  ok(isFromInMemory === undefined || isFromInMemory)
  ok(serializedStepGraph.length > 0)
  return { ...fields, steps: untimed(steps) }
}

function statusesOf(snapshot: WorkflowState | undefined): Record<string, unknown> {
  const { input: _input, ...steps } = snapshot?.steps ?? {}
  return Object.fromEntries(Object.entries(steps).map(([id, { status }]) => [id, status]))
}

/** Of a run in which nothing is under way. */
const nothingOpen = { activeStepsPath: {}, suspendedPaths: {}, waitingPaths: {}, suspended: [], resumeLabels: {} }

export const queryGetScenarios: readonly Scenario[] = [
  {
    id: 'query.a-run-that-has-ended',
    shows: ['query.get', 'query.changes-nothing'],
    async play(stage) {
      const sets = step('sets', async ({ setState }) => {
        await setState({ seen: true })
        return 'done'
      })
      const flow = workflow('ended').then(sets).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow, { runId: 'the run', resourceId: 'owner', tags: ['red', 'blue'] })
      const begunAt = stage.clock.now()
      const result = await stage.settle(run.start({ inputData: 1 }))
      const snapshot = await stage.settle(engine.runs.get('the run'))
      deepEqual(bare(snapshot), {
        workflowName: 'ended',
        status: 'success',
        resourceId: 'owner',
        tags: ['red', 'blue'],
        payload: 1,
        result: 'done',
        initialState: {},
        state: { seen: true },
        stepExecutionPath: ['sets'],
        ...nothingOpen,
        steps: { input: 1, sets: { status: 'success', payload: 1, output: 'done' } },
      })
      ok(snapshot && snapshot.createdAt >= begunAt)
      deepEqual(snapshot.steps, result.steps)
      const there = await elsewhere(stage, engine, run)
      deepEqual(await stage.settle(there.engine.runs.get('the run')), snapshot)
      deepEqual(await stage.settle(there.run.result()), result)
    },
  },
  {
    id: 'query.runs-of-every-end',
    shows: ['query.get'],
    async play(stage) {
      const failed = await finish(stage, workflow('failed').then(fails('only')).commit())
      const seen = await stage.settle(failed.engine.runs.get(failed.run.runId))
      equal(seen?.status, 'failed')
      ok(seen.error instanceof Error)
      equal(seen.error.message, 'only fails')
      const suspended = await finish(stage, workflow('suspended').then(asks('wait')).commit())
      const waiting = await stage.settle(suspended.engine.runs.get(suspended.run.runId))
      deepEqual(bare(waiting), {
        workflowName: 'suspended',
        status: 'suspended',
        tags: [],
        payload: undefined,
        initialState: {},
        state: {},
        ...nothingOpen,
        suspended: [['wait']],
        suspendedPaths: { wait: [0] },
        stepExecutionPath: ['wait'],
        steps: { input: undefined, wait: { status: 'suspended', payload: undefined, suspendPayload: { ask: 'wait' } } },
      })
    },
  },
  {
    id: 'query.a-run-under-way',
    shows: ['query.get-under-way', 'query.changes-nothing'],
    async play(stage) {
      const gate = createGate()
      const hold = step('hold', () => gate.pass())
      const napping = workflow('napping').sleep(3_600_000, { id: 'nap' }).commit()
      const flow = workflow('busy')
        .then(gives('first', 1))
        .parallel([hold, asks('wait'), napping])
        .commit()
      const { run, engine, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await stage.quiet()
      const seen = await stage.settle(engine.runs.get(run.runId))
      equal(seen?.status, 'running')
      deepEqual(statusesOf(seen), {
        first: 'success',
        hold: 'running',
        wait: 'suspended',
        napping: 'running',
        'napping.nap': 'waiting',
      })
      deepEqual(seen?.suspended, [['wait']])
      gate.open()
      equal((await stage.settle(started)).status, 'suspended')
    },
  },
  {
    id: 'query.nobody-knows-it',
    shows: ['query.get-unknown', 'query.list'],
    async play(stage) {
      const flow = workflow('made').then(echoes('only')).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow, { runId: 'made' })
      equal(await stage.settle(engine.runs.get('unknown')), undefined)
      equal(await stage.settle(engine.runs.get('made')), undefined)
      deepEqual(await stage.settle(engine.runs.list({ withTotal: true })), { runs: [], total: 0 })
      await stage.settle(run.start())
      equal((await stage.settle(engine.runs.get('made')))?.status, 'success')
    },
  },
  {
    id: 'query.nested-steps',
    shows: ['query.nested'],
    async play(stage) {
      const leaf = workflow('leaf').then(adds('l', 1)).commit()
      const inner = workflow('inner').then(adds('i', 1)).then(leaf).commit()
      const flow = workflow('outer').then(adds('a', 1)).then(inner).then(adds('z', 1)).commit()
      const { run, engine, result } = await finish(stage, flow, { inputData: 0 })
      const there = await elsewhere(stage, engine, run)
      const all = await stage.settle(there.engine.runs.get(run.runId))
      deepEqual(untimed(all?.steps), {
        input: 0,
        a: { status: 'success', payload: 0, output: 1 },
        inner: { status: 'success', payload: 1, output: 3 },
        z: { status: 'success', payload: 3, output: 4 },
        'inner.i': { status: 'success', payload: 1, output: 2 },
        'inner.leaf': { status: 'success', payload: 2, output: 3 },
        'inner.leaf.l': { status: 'success', payload: 2, output: 3 },
      })
      const top = await stage.settle(there.engine.runs.get(run.runId, { withNestedWorkflows: false }))
      deepEqual(top?.steps, result.steps)
    },
  },
  {
    id: 'query.nested-step-that-waits',
    shows: ['query.nested-suspended', 'query.nested'],
    async play(stage) {
      const leaf = workflow('leaf').then(echoes('l')).then(asks('wait')).commit()
      const inner = workflow('inner').then(leaf).commit()
      const { run, engine } = await finish(stage, workflow('outer').then(inner).commit())
      const there = await elsewhere(stage, engine, run)
      const seen = await stage.settle(there.engine.runs.get(run.runId))
      equal(seen?.status, 'suspended')
      deepEqual(statusesOf(seen), {
        inner: 'running',
        'inner.leaf': 'running',
        'inner.leaf.l': 'success',
        'inner.leaf.wait': 'suspended',
      })
      deepEqual(seen?.suspended, [['inner', 'leaf', 'wait']])
    },
  },
  {
    id: 'query.nested-workflows-as-items',
    shows: ['query.nested-items'],
    async play(stage) {
      const wait = step('wait', ({ inputData, resumeData, suspend }) =>
        inputData === 'c' && resumeData === undefined ? suspend() : inputData,
      )
      const item = workflow('item').then(echoes('i')).then(wait).commit()
      const flow = workflow('items')
        .then(lists('list', ['a', 'b', 'c']))
        .foreach(item, { concurrency: 3 })
        .commit()
      const { run, engine } = await finish(stage, flow)
      const there = await elsewhere(stage, engine, run)
      const half = await stage.settle(there.engine.runs.get(run.runId))
      deepEqual(statusesOf(half), {
        list: 'success',
        item: 'running',
        'item[0].i': 'success',
        'item[0].wait': 'success',
        'item[1].i': 'success',
        'item[1].wait': 'success',
        'item[2].i': 'success',
        'item[2].wait': 'suspended',
      })
      await stage.settle(there.run.resume({ resumeData: 1 }))
      const whole = await stage.settle(there.engine.runs.get(run.runId))
      deepEqual(whole?.steps['item[1].i']?.output, 'b')
      deepEqual(whole?.steps['item[2].wait']?.output, 'c')
      equal(whole?.steps.item?.status, 'success')
    },
  },
]
