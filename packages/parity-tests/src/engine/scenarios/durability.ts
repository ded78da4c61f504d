import { deepEqual, equal, ok } from 'node:assert/strict'
import type { CreateRunOptions, Durability, Workflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { type Call, noting } from './parts/calls.js'
import { HOUR } from './parts/hours.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { twoProcesses } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { counting, stored } from './parts/stored.js'
import { resultOf, told } from './parts/told.js'

/** What can be asked for on this stage. */
const ways = ({ keepsRuns }: Stage): readonly Durability[] => (keepsRuns ? ['step', 'exit', 'none'] : ['none'])

const kept = (stage: Stage, durability: Durability): CreateRunOptions => (stage.keepsRuns ? { durability } : {})

/** Sleeps, suspends, branches out and calls back. */
function eventful(calls: Call[]): Workflow {
  return workflow('eventful', { options: noting(calls) })
    .then(echoes('first'))
    .sleep(HOUR)
    .then(asks('wait'))
    .parallel([echoes('a'), echoes('b')])
    .commit()
}

export const durabilityScenarios: readonly Scenario[] = [
  {
    id: 'durability.whatever-it-is',
    shows: ['durability.same'],
    async play(stage) {
      const stories: unknown[] = []
      for (const durability of ways(stage)) {
        const calls: Call[] = []
        const flow = eventful(calls)
        const engine = await stage.engine(flow)
        const run = await engine.createRun(flow, kept(stage, durability))
        const suspended = await stage.settle(run.start({ inputData: 'x' }))
        const result = await stage.settle(run.resume({ resumeData: 'y' }))
        equal(result.status, 'success')
        deepEqual(resultOf(result), { a: 'y', b: 'y' })
        const said = calls.map(({ name, context }) => [name, context.status])
        stories.push({ suspended: told(suspended), result: told(result), said })
        await stage.settle(engine.close())
      }
      for (const story of stories) deepEqual(story, stories[0])
    },
  },
  {
    id: 'durability.none-leaves-nothing',
    shows: ['durability.none', 'durability.chosen'],
    async play(stage) {
      const flow = workflow('private', { options: { durability: 'none' } })
        .then(asks('wait'))
        .commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run = await one.createRun(flow)
      equal((await stage.settle(run.start())).status, 'suspended')
      equal((await stage.settle(one.runs.get(run.runId)))?.status, 'suspended')
      ok(await stage.settle(one.run(flow, run.runId)))
      equal(await stored(stage, other, run), undefined)
      equal(await stage.settle(other.run(flow, run.runId)), undefined)
      equal((await stage.settle(other.runs.list())).runs.length, 0)
      equal(await stage.settle(other.tick()), 0)
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'go' }))), 'go')
      equal(await stored(stage, other, run), undefined)
    },
  },
  {
    id: 'durability.exit-when-it-rests-and-ends',
    shows: ['durability.exit', 'durability.chosen'],
    async play(stage) {
      const gate = createGate()
      const flow = workflow('late', { options: { durability: 'exit' } })
        .then(step('held', () => gate.pass()))
        .then(asks('wait'))
        .commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run = await one.createRun(flow)
      const started = run.start()
      await stage.settle(gate.reached())
      equal(await stored(stage, other, run), undefined)
      gate.open()
      equal((await stage.settle(started)).status, 'suspended')
      if (stage.keepsRuns) equal(await stored(stage, other, run), 'suspended')
      equal((await stage.settle(run.resume({ resumeData: 1 }))).status, 'success')
      if (stage.keepsRuns) equal(await stored(stage, other, run), 'success')
    },
  },
  {
    id: 'durability.of-one-run',
    shows: ['durability.chosen', 'durability.none', 'durability.exit'],
    async play(stage) {
      if (!stage.keepsRuns) return
      for (const [durability, status] of [
        ['step', 'running'],
        ['exit', undefined],
        ['none', undefined],
      ] as const) {
        const { flow, gate } = counting(`chosen-${durability}`, 'exit')
        const { one, other } = await twoProcesses(stage, flow)
        const run = await one.createRun(flow, { durability })
        const started = run.start()
        await stage.settle(gate.reached())
        equal(await stored(stage, other, run), status)
        gate.open()
        equal((await stage.settle(started)).status, 'success')
        equal(await stored(stage, other, run), durability === 'none' ? undefined : 'success')
      }
    },
  },
  {
    id: 'durability.taken-up-with-none',
    shows: ['durability.stored-stays-stored'],
    async play(stage) {
      if (!stage.keepsRuns) return
      const flow = workflow('stored').then(asks('wait')).commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run = await one.createRun(flow)
      const suspended = await stage.settle(run.start())
      const there = await other.createRun(flow, { runId: run.runId, durability: 'none' })
      await refusal(stage, there.start(), 'WF_CONFLICT')
      deepEqual(await stage.settle(there.result()), suspended)
      equal(resultOf(await stage.settle(there.resume({ resumeData: 'go' }))), 'go')
      equal(await stored(stage, one, run), 'success')
      equal(resultOf(await stage.settle(run.result())), 'go')
    },
  },
  {
    id: 'durability.wrong',
    shows: ['durability.refused'],
    async play(stage) {
      const flow = workflow('only').then(echoes('a')).commit()
      const engine = await stage.engine(flow)
      for (const durability of ['always', '', 1, null, {}]) {
        const options = { durability } as unknown as CreateRunOptions
        equal((await refusal(stage, engine.createRun(flow, options), 'WF_INVALID_OPTION')).field, 'durability')
        const make = async () => void workflow('wrong', { options: options as { readonly durability: Durability } })
        equal((await refusal(stage, make(), 'WF_INVALID_OPTION')).field, 'options.durability')
      }
      for (const durability of ['step', 'exit'] as const) {
        const made = engine.createRun(flow, { durability })
        if (stage.keepsRuns) ok(await made)
        else equal((await refusal(stage, made, 'WF_INVALID_OPTION')).field, 'storage')
      }
    },
  },
]
