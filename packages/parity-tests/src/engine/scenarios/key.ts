import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import type { CreateRunOptions, Engine, Workflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { livesAlone, oneProcess, twoProcesses } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { resultOf } from './parts/told.js'

/** A workflow that counts its executions, and holds each until the gate is open. */
function held() {
  const gate = createGate()
  const calls: unknown[] = []
  const counts = step('counts', async ({ inputData }) => {
    calls.push(inputData)
    await gate.pass()
    return inputData
  })
  return { flow: workflow('held').then(counts).commit(), gate, calls }
}

const keyed = (engine: Engine, flow: Workflow, idempotencyKey: string) => engine.createRun(flow, { idempotencyKey })

/** Two processes over one storage, or one engine twice where there is none. */
async function processes(stage: Stage, flow: Workflow): Promise<readonly [Engine, Engine]> {
  if (!stage.keepsRuns) {
    const engine = await stage.engine(flow)
    return [engine, engine]
  }
  const { one, other } = await twoProcesses(stage, flow)
  return [one, other]
}

export const keyScenarios: readonly Scenario[] = [
  {
    id: 'key.same-everywhere',
    shows: ['key.same-run', 'key.other-run', 'key.any-text'],
    async play(stage) {
      const [one, other] = [workflow('one').then(echoes('a')).commit(), workflow('other').then(echoes('a')).commit()]
      const engine = await stage.engine([one, other])
      const next = await stage.engine([one, other])
      const tenant = await stage.engine([one, other], { namespace: 'tenant' })
      const keys = [
        'k',
        'K',
        'k ',
        '["k"]',
        'ключ',
        '\ud800',
        '\u0000',
        '__proto__',
        'x'.repeat(10_000),
        'a/b.c',
        '\u00e9',
        'e\u0301',
      ]
      const ids = new Set<string>()
      for (const key of keys) {
        const { runId } = await keyed(engine, one, key)
        equal((await keyed(next, one, key)).runId, runId)
        for (const run of [await keyed(engine, other, key), await keyed(tenant, one, key)]) notEqual(run.runId, runId)
        ok(runId.length < 100)
        ids.add(runId)
      }
      equal(ids.size, keys.length)
    },
  },
  {
    id: 'key.told-for-ever',
    shows: ['key.same-run'],
    async play(stage) {
      const flow = workflow('order').then(echoes('a')).commit()
      const run = await keyed(await stage.engine(flow), flow, 'order-7')
      equal(run.runId, 'key-a97e86d5a24d98b26980cb7ad0ba7bed6422c700bf6808ef1f4d8d51897e6a6e')
    },
  },
  {
    id: 'key.two-processes-at-one-moment',
    shows: ['key.once'],
    async play(stage) {
      const { flow, gate, calls } = held()
      gate.open()
      const [one, other] = await processes(stage, flow)
      const runs = [await keyed(one, flow, 'k'), await keyed(other, flow, 'k'), await keyed(other, flow, 'k')]
      const all = await stage.settle(Promise.allSettled(runs.map((run, inputData) => run.start({ inputData }))))
      const won = all.flatMap((start) => (start.status === 'fulfilled' ? [resultOf(start.value)] : []))
      equal(won.length, 1)
      deepEqual(calls, won)
    },
  },
  {
    id: 'key.attached-while-it-runs-elsewhere',
    shows: ['key.attach', 'key.attach-other-input', 'key.once'],
    async play(stage) {
      const { flow, gate, calls } = held()
      const [one, other] = await processes(stage, flow)
      const first = await keyed(one, flow, 'k')
      const started = first.start({ inputData: 'first' })
      await stage.settle(gate.reached())
      const second = await keyed(other, flow, 'k')
      await refusal(stage, second.start({ inputData: 'second' }), 'WF_CONFLICT')
      const joined = second.start({ inputData: 'second', onConflict: 'attach' })
      await stage.quiet()
      gate.open()
      const [result, same] = await stage.settle(Promise.all([started, joined]))
      deepEqual(same, result)
      deepEqual([same.input, resultOf(same)], ['first', 'first'])
      deepEqual(calls, ['first'])
    },
  },
  {
    id: 'key.attached-when-it-has-ended',
    shows: ['key.attach', 'key.attach-other-input', 'key.once'],
    async play(stage) {
      const { flow, gate, calls } = held()
      gate.open()
      const [one, other] = await processes(stage, flow)
      const result = await stage.settle((await keyed(one, flow, 'k')).start({ inputData: 1 }))
      const again = await keyed(other, flow, 'k')
      await refusal(stage, again.start({ inputData: 2 }), 'WF_CONFLICT')
      deepEqual(await stage.settle(again.start({ inputData: 2, onConflict: 'attach' })), result)
      deepEqual(calls, [1])
    },
  },
  {
    id: 'key.attached-when-it-is-suspended',
    shows: ['key.attach', 'key.once'],
    async play(stage) {
      const flow = workflow('asking').then(asks('wait')).commit()
      const [one, other] = await processes(stage, flow)
      const suspended = await stage.settle((await keyed(one, flow, 'k')).start({ inputData: 1 }))
      const again = await keyed(other, flow, 'k')
      await refusal(stage, again.start(), 'WF_CONFLICT')
      deepEqual(await stage.settle(again.start({ onConflict: 'attach' })), suspended)
      equal(resultOf(await stage.settle(again.resume({ resumeData: 'go' }))), 'go')
      await refusal(stage, (await keyed(one, flow, 'k')).start(), 'WF_CONFLICT')
    },
  },
  {
    id: 'key.of-a-process-that-is-gone',
    shows: ['key.attach', 'key.same-run'],
    async play(stage) {
      const { flow, gate, calls } = held()
      const one = await oneProcess(stage, flow)
      const run = await keyed(one, flow, 'k')
      run.start({ inputData: 'first' }).catch(() => undefined)
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      if (await livesAlone(stage, other, run)) return
      stage.cutOff(one)
      gate.open()
      const again = await keyed(other, flow, 'k')
      const result = await stage.settle(again.start({ inputData: 'second', onConflict: 'attach' }))
      deepEqual([result.input, resultOf(result)], ['first', 'first'])
      deepEqual(calls, ['first', 'first'])
    },
  },
  {
    id: 'key.made-again-with-other-options',
    shows: ['key.first-options'],
    async play(stage) {
      const flow = workflow('asking').then(asks('wait')).commit()
      const [one, other] = await processes(stage, flow)
      const first = await one.createRun(flow, { idempotencyKey: 'k', resourceId: 'first', tags: ['a', 'b'] })
      await stage.settle(first.start())
      const again = await other.createRun(flow, { idempotencyKey: 'k', resourceId: 'second', tags: ['c'] })
      await stage.settle(again.resume({ resumeData: 'go' }))
      const { runs } = await stage.settle(other.runs.list())
      deepEqual(
        runs.map(({ runId, resourceId, tags }) => ({ runId, resourceId, tags })),
        [{ runId: first.runId, resourceId: 'first', tags: ['a', 'b'] }],
      )
    },
  },
  {
    id: 'key.after-a-deletion',
    shows: ['key.deleted'],
    async play(stage) {
      const { flow, gate, calls } = held()
      gate.open()
      const engine = await stage.engine(flow)
      const run = await keyed(engine, flow, 'k')
      await stage.settle(run.start({ inputData: 1 }))
      equal(await stage.settle(engine.runs.delete({ runId: run.runId })), 1)
      equal(resultOf(await stage.settle((await keyed(engine, flow, 'k')).start({ inputData: 2 }))), 2)
      deepEqual(calls, [1, 2])
    },
  },
  {
    id: 'key.wrong-keys',
    shows: ['key.or-id'],
    async play(stage) {
      const flow = workflow('only').then(echoes('a')).commit()
      const engine = await stage.engine(flow)
      for (const idempotencyKey of ['', 1, null, {}]) {
        const options = { idempotencyKey } as unknown as CreateRunOptions
        equal((await refusal(stage, engine.createRun(flow, options), 'WF_INVALID_OPTION')).field, 'idempotencyKey')
      }
      const both = await refusal(
        stage,
        engine.createRun(flow, { runId: 'r', idempotencyKey: 'k' }),
        'WF_INVALID_OPTION',
      )
      deepEqual([both.field, both.workflowId], ['idempotencyKey', 'only'])
    },
  },
]
