import { deepEqual, equal, ok } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { HOUR } from './parts/hours.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { oneProcess, takeOver, twoProcesses } from './parts/processes.js'
import { refusal } from './parts/refusal.js'
import { counting, stored } from './parts/stored.js'
import { resultOf, told } from './parts/told.js'

export const durabilityExitScenarios: readonly Scenario[] = [
  {
    id: 'durability.exit-lost-before-its-first-rest',
    shows: ['durability.exit-lost'],
    async play(stage) {
      if (!stage.keepsRuns) return
      const { flow, gate, counts } = counting('lost', 'exit')
      const one = await oneProcess(stage, flow)
      const run = await one.createRun(flow, { runId: 'lost' })
      run.start().catch(() => undefined)
      await stage.settle(gate.reached())
      stage.cutOff(one)
      const other = await oneProcess(stage, flow)
      await takeOver(stage, other)
      equal(await stored(stage, other, run), undefined)
      gate.open()
      const again = await other.createRun(flow, { runId: 'lost' })
      equal((await stage.settle(again.start())).status, 'success')
      deepEqual(counts, { first: 2, second: 2 })
    },
  },
  {
    id: 'durability.exit-lost-after-a-rest',
    shows: ['durability.exit-lost', 'durability.exit-goes-on'],
    async play(stage) {
      if (!stage.keepsRuns) return
      const gate = createGate()
      const counts = { before: 0, between: 0, after: 0 }
      const count = (id: keyof typeof counts) =>
        step(id, async () => {
          counts[id] += 1
          if (id === 'after') await gate.pass()
          return id
        })
      const flow = workflow('resumed', { options: { durability: 'exit' } })
        .then(count('before'))
        .then(asks('wait'))
        .then(count('between'))
        .then(count('after'))
        .commit()
      const one = await oneProcess(stage, flow)
      const run = await one.createRun(flow)
      await stage.settle(run.start())
      run.resume({ resumeData: 1 }).catch(() => undefined)
      await stage.settle(gate.reached())
      stage.cutOff(one)
      gate.open()
      const other = await oneProcess(stage, flow)
      await takeOver(stage, other)
      const there = await stage.settle(other.run(flow, run.runId))
      ok(there)
      equal(resultOf(await stage.settle(there.result())), 'after')
      deepEqual(counts, { before: 1, between: 2, after: 2 })
    },
  },
  {
    id: 'durability.exit-resumed-by-two',
    shows: ['durability.exit-goes-on'],
    async play(stage) {
      if (!stage.keepsRuns) return
      let after = 0
      const flow = workflow('contested', { options: { durability: 'exit' } })
        .then(asks('wait'))
        .then(
          step('after', ({ inputData }) => {
            after += 1
            return inputData
          }),
        )
        .commit()
      const { one, other } = await twoProcesses(stage, flow)
      const run = await one.createRun(flow)
      await stage.settle(run.start())
      const there = await stage.settle(other.run(flow, run.runId))
      ok(there)
      const both = [run.resume({ resumeData: 'here' }), there.resume({ resumeData: 'there' })]
      const all = await stage.settle(Promise.allSettled(both))
      equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
      equal(after, 1)
    },
  },
  {
    id: 'durability.exit-waits-elsewhere',
    shows: ['durability.exit', 'durability.exit-goes-on'],
    async play(stage) {
      if (!stage.keepsRuns) return
      let before = 0
      const flow = workflow('sleeping', { options: { durability: 'exit' } })
        .then(
          step('before', () => {
            before += 1
            return 'slept'
          }),
        )
        .sleep(HOUR)
        .then(echoes('after'))
        .commit()
      const one = await oneProcess(stage, flow)
      const run = await one.createRun(flow)
      run.start().catch(() => undefined)
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      equal(await stored(stage, other, run), 'waiting')
      stage.cutOff(one)
      await stage.clock.advance(HOUR)
      await takeOver(stage, other)
      const there = await stage.settle(other.run(flow, run.runId))
      ok(there)
      equal(resultOf(await stage.settle(there.result())), 'slept')
      equal(before, 1)
    },
  },
  {
    id: 'durability.exit-under-one-key',
    shows: ['durability.exit-goes-on'],
    async play(stage) {
      if (!stage.keepsRuns) return
      const { flow, gate, counts } = counting('keyed', 'exit')
      const { one, other } = await twoProcesses(stage, flow)
      const [first, second] = [
        await one.createRun(flow, { idempotencyKey: 'k' }),
        await other.createRun(flow, { idempotencyKey: 'k' }),
      ]
      const started = first.start()
      await stage.settle(gate.reached())
      await refusal(stage, second.start(), 'WF_CONFLICT')
      const joined = second.start({ onConflict: 'attach' })
      gate.open()
      const [result, same] = await stage.settle(Promise.all([started, joined]))
      // One tells of what it did, the other of when that was stored.
      deepEqual(told(same), told(result))
      deepEqual(counts, { first: 1, second: 1 })
    },
  },
  {
    id: 'durability.canceled-from-elsewhere',
    shows: ['durability.exit-goes-on'],
    async play(stage) {
      if (!stage.keepsRuns) return
      const { flow, gate } = counting('canceled', 'exit')
      const { one, other } = await twoProcesses(stage, flow)
      const run = await one.createRun(flow, { idempotencyKey: 'k' })
      const started = run.start()
      await stage.settle(gate.reached())
      const there = await stage.settle(other.run(flow, run.runId))
      ok(there)
      equal(await stage.settle(there.cancel()), 'canceled')
      gate.open()
      equal((await stage.settle(started)).status, 'canceled')
      equal(await stored(stage, other, run), 'canceled')
    },
  },
]
