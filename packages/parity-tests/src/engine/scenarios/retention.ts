import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Engine, EngineOptions, Retention, Workflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { asks, echoes, fails, workflow } from './parts/loose.js'
import { LEASE_MS, oneProcess, takeOver } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { resultOf } from './parts/told.js'

const easy = workflow('easy').then(echoes('only')).commit()
const failing = workflow('failing').then(fails('only')).commit()
const asking = workflow('asking').then(asks('wait')).commit()
const stepping = workflow('stepping').then(echoes('a')).then(echoes('b')).commit()
const flows = [easy, failing, asking, stepping]

/** One run of each kind of rest and end, under the name of it. */
async function oneOfEach(stage: Stage, engine: Engine): Promise<void> {
  const made = async (flow: Workflow, runId: string) => engine.createRun(flow, { runId })
  await stage.settle((await made(easy, 'success')).start())
  await stage.settle((await made(failing, 'failed')).start())
  const canceled = await made(asking, 'canceled')
  await stage.settle(canceled.start())
  await stage.settle(canceled.cancel())
  await stage.settle((await made(asking, 'suspended')).start())
  await stage.settle((await made(stepping, 'paused')).start({ perStep: true }))
  await stage.settle((await made(easy, 'waiting')).startAsync({ startAfterMs: 100 * HOUR }))
}

const ALL = ['canceled', 'failed', 'paused', 'success', 'suspended', 'waiting']

async function kept(stage: Stage, engine: Engine): Promise<readonly string[]> {
  const { runs } = await stage.settle(engine.runs.list())
  return runs.map(({ runId }) => runId).sort()
}

/** Looks for work, as an engine that works or is ticked does. */
async function look(stage: Stage, engine: Engine): Promise<void> {
  await stage.settle(engine.tick())
  await stage.quiet()
}

interface Kept {
  readonly id: string
  readonly retention: Retention | undefined
  readonly shows: Scenario['shows']
  readonly left: readonly string[]
}

const keeping = ({ id, retention, shows, left }: Kept): Scenario => ({
  id,
  shows,
  async play(stage) {
    const engine = await stage.engine(flows, { leaseMs: LEASE_MS, ...(retention !== undefined && { retention }) })
    await oneOfEach(stage, engine)
    await look(stage, engine)
    deepEqual(await kept(stage, engine), ALL)
    await stage.clock.advance(2 * HOUR)
    await look(stage, engine)
    deepEqual(await kept(stage, engine), left)
  },
})

export const retentionScenarios: readonly Scenario[] = [
  keeping({ id: 'retention.not-told', retention: undefined, shows: ['retention.for-ever'], left: ALL }),
  keeping({
    id: 'retention.an-hour',
    retention: HOUR,
    shows: ['retention.all', 'retention.ended-only'],
    left: ['paused', 'suspended', 'waiting'],
  }),
  keeping({ id: 'retention.a-day', retention: 24 * HOUR, shows: ['retention.all'], left: ALL }),
  keeping({
    id: 'retention.of-some',
    retention: { success: MINUTE, failed: 24 * HOUR },
    shows: ['retention.by-status', 'retention.ended-only'],
    left: ['canceled', 'failed', 'paused', 'suspended', 'waiting'],
  }),
  {
    id: 'retention.since-the-end',
    shows: ['retention.all'],
    async play(stage) {
      const engine = await stage.engine(flows, { leaseMs: LEASE_MS, retention: HOUR })
      const run = await engine.createRun(asking)
      await stage.settle(run.start())
      await stage.clock.advance(5 * HOUR)
      await stage.settle(run.resume({ resumeData: 1 }))
      await look(stage, engine)
      deepEqual(await kept(stage, engine), [run.runId])
      await stage.clock.advance(HOUR + MINUTE)
      await look(stage, engine)
      deepEqual(await kept(stage, engine), [])
    },
  },
  {
    id: 'retention.others-stay',
    shows: ['retention.own-only'],
    async play(stage) {
      const mine = await stage.engine([easy], { leaseMs: LEASE_MS, retention: 0 })
      const theirs = await stage.engine([failing], { leaseMs: LEASE_MS })
      const tenant = await stage.engine([easy], { leaseMs: LEASE_MS, namespace: 'tenant' })
      await stage.settle((await theirs.createRun(failing, { runId: 'other workflow' })).start())
      await stage.settle((await tenant.createRun(easy, { runId: 'other namespace' })).start())
      await stage.settle((await mine.createRun(easy, { runId: 'mine' })).start())
      await stage.clock.advance(HOUR)
      await look(stage, mine)
      equal(await stage.settle(mine.runs.get('mine')), undefined)
      deepEqual(await kept(stage, theirs), ['other workflow'])
      deepEqual(await kept(stage, tenant), ['other namespace'])
    },
  },
  {
    id: 'retention.a-hundred-at-a-time',
    shows: ['retention.bounded'],
    async play(stage) {
      const engine = await stage.engine([easy], { leaseMs: LEASE_MS, retention: HOUR })
      const runs = await Promise.all(Array.from({ length: 230 }, () => engine.createRun(easy)))
      await stage.settle(Promise.all(runs.map((run) => run.start())))
      await stage.clock.advance(2 * HOUR)
      let left = runs.length
      // By a clock that was set meanwhile some looks come too soon.
      for (let looks = 0; looks < (stage.lateMs ? 12 : 3); looks += 1) {
        await look(stage, engine)
        const { total = 0 } = await stage.settle(engine.runs.list({ limit: 1, withTotal: true }))
        ok(total < left || left === 0 || stage.lateMs)
        left = total
      }
      equal(left, 0)
    },
  },
  {
    id: 'retention.after-its-callbacks',
    shows: ['retention.callbacks'],
    async play(stage) {
      const gate = createGate()
      const onFinish = (): Promise<void> => gate.pass()
      const flow = workflow('called back', { options: { onFinish } }).then(echoes('only')).commit()
      const engine = await stage.engine(flow, { leaseMs: LEASE_MS, retention: 0 })
      const run = await engine.createRun(flow)
      const started = run.start({ inputData: 1 })
      await stage.settle(gate.reached())
      await stage.clock.advance(5_000)
      await look(stage, engine)
      equal(await stage.settle(engine.runs.delete({ runId: run.runId })), 0)
      equal(await stage.settle(engine.runs.delete({ status: ['success'] })), 0)
      deepEqual(await kept(stage, engine), [run.runId])
      gate.open()
      equal(resultOf(await stage.settle(started)), 1)
      await stage.clock.advance(HOUR)
      await look(stage, engine)
      deepEqual(await kept(stage, engine), [])
    },
  },
  {
    id: 'retention.callbacks-of-a-lost-process',
    shows: ['retention.callbacks'],
    async play(stage) {
      if (!stage.keepsRuns) return
      const gate = createGate()
      let calls = 0
      const onFinish = (): Promise<void> => {
        calls += 1
        return gate.pass()
      }
      const flow = workflow('called back', { options: { onFinish } }).then(echoes('only')).commit()
      const one = await oneProcess(stage, flow, { retention: MINUTE })
      const run = await one.createRun(flow)
      run.start().catch(() => undefined)
      await stage.settle(gate.reached())
      stage.cutOff(one)
      await stage.clock.advance(HOUR)
      gate.open()
      const other = await oneProcess(stage, flow, { retention: MINUTE })
      await takeOver(stage, other)
      equal(calls, 2)
      await stage.clock.advance(HOUR)
      await look(stage, other)
      equal(await stage.settle(other.runs.get(run.runId)), undefined)
    },
  },
  {
    id: 'retention.nothing-left',
    shows: ['retention.whole'],
    async play(stage) {
      const engine = await stage.engine([easy], { leaseMs: LEASE_MS, retention: MINUTE })
      const run = await engine.createRun(easy, { runId: 'again', resourceId: 'first', tags: ['first'] })
      await stage.settle(run.start({ inputData: 1 }))
      await stage.clock.advance(HOUR)
      await look(stage, engine)
      equal(await stage.settle(engine.runs.get('again')), undefined)
      await refusal(stage, engine.runs.why('again'), 'WF_UNKNOWN_RUN')
      const next = await engine.createRun(easy, { runId: 'again' })
      equal(await stage.settle(next.status()), 'pending')
      const result = await stage.settle(next.start({ inputData: 2 }))
      deepEqual([result.input, resultOf(result)], [2, 2])
      const known = await stage.settle(engine.runs.get('again'))
      ok(known)
      deepEqual([known.resourceId, known.tags], [undefined, []])
    },
  },
  {
    id: 'retention.wrong',
    shows: ['retention.refused'],
    async play(stage) {
      for (const retention of [-1, '1 d', Number.NaN, null, [], { done: 1 }, { success: '1' }, { failed: -1 }]) {
        const options = { retention } as unknown as Pick<EngineOptions, 'retention'>
        equal((await refusal(stage, stage.engine(easy, options), 'WF_INVALID_OPTION')).field, 'retention')
      }
    },
  },
]
