import { deepEqual } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { askingMembers } from './parts/asking-members.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, step, workflow } from './parts/loose.js'
import { resultOf, suspendedIn, untimed } from './parts/told.js'

export const parallelRestartScenarios: readonly Scenario[] = [
  {
    id: 'parallel.recorded-while-a-sibling-runs',
    shows: ['parallel.recorded-at-once'],
    async play(stage) {
      const gate = createGate()
      const block = workflow('recording')
        .parallel([adds('fast', 1), step('slow', () => gate.pass())])
        .commit()
      const { engine, run, started } = await begin(stage, block, { inputData: 1 })
      await stage.settle(gate.reached())
      await stage.quiet()
      const between = await stage.settle(engine.runs.get(run.runId))
      deepEqual(untimed(between?.steps), {
        input: 1,
        fast: { status: 'success', payload: 1, output: 2 },
        slow: { status: 'running', payload: 1 },
      })
      gate.open()
      await stage.settle(started)
    },
  },
  {
    id: 'parallel.suspended-over-a-restart',
    shows: ['parallel.survives-restart', 'parallel.resume-one'],
    async play(stage) {
      const { block, calls } = askingMembers()
      const first = await finish(stage, block)
      const second = await elsewhere(stage, first.engine, first.run)
      const half = await stage.settle(second.run.resume({ step: 'p', resumeData: 'P' }))
      deepEqual(suspendedIn(half), [['q']])
      const third = await elsewhere(stage, second.engine, second.run)
      const whole = await stage.settle(third.run.resume({ step: 'q', resumeData: 'Q' }))
      deepEqual(resultOf(whole), { p: 'P', counted: 'once', q: 'Q' })
      deepEqual(calls, ['counted'])
    },
  },
  {
    id: 'parallel.process-lost-in-a-member',
    shows: ['parallel.lost-member'],
    async play(stage) {
      const gate = createGate()
      const calls: string[] = []
      const counted = step('counted', () => {
        calls.push('counted')
        return 'once'
      })
      const held = step('held', async () => {
        await gate.pass()
        return 'held'
      })
      const block = workflow('losing').parallel([counted, held]).commit()
      const first = await begin(stage, block)
      await stage.settle(gate.reached())
      await stage.quiet()
      const second = await elsewhere(stage, first.engine, first.run)
      gate.open()
      await stage.clock.advance(60_000)
      await stage.settle(second.engine.tick())
      const result = await stage.settle(second.run.result())
      deepEqual(resultOf(result), { counted: 'once', held: 'held' })
      deepEqual(calls, ['counted'])
    },
  },
  {
    id: 'parallel.state-of-members',
    shows: ['parallel.state'],
    async play(stage) {
      const gate = createGate()
      const writes = step('writes', async ({ setState }) => {
        await setState({ own: 'writes', shared: 'writes' })
        gate.open()
      })
      const reads = step('reads', async ({ state, setState }) => {
        await gate.pass()
        await setState({ other: state.shared })
        return { ...state }
      })
      const looks = step('looks', ({ state }) => state)
      const block = workflow('stateful').parallel([writes, reads]).then(looks).commit()
      const { result } = await finish(stage, block, { initialState: { shared: 'before' } })
      deepEqual(resultOf(result), { own: 'writes', shared: 'writes', other: 'before' })
    },
  },
]
