import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { asks, echoes, gives, step, workflow } from './parts/loose.js'
import { resultOf, statuses, suspendedIn, told } from './parts/told.js'

/** Two arms that ask and one that is not taken; counts how often each condition was evaluated. */
function countedArms() {
  const asked: string[] = []
  const condition = (name: string, answer: boolean) => () => {
    asked.push(name)
    return answer
  }
  const block = workflow('counted')
    .branch([
      [condition('p', true), asks('p')],
      [condition('q', true), asks('q')],
      [condition('r', false), gives('r', 'R')],
    ])
    .then(echoes('after'))
    .commit()
  return { block, asked }
}

export const branchSuspensionScenarios: readonly Scenario[] = [
  {
    id: 'branch.two-suspended',
    shows: ['branch.suspensions', 'branch.conditions-once'],
    async play(stage) {
      const { block, asked } = countedArms()
      const { run, result } = await finish(stage, block)
      deepEqual(told(result), {
        status: 'suspended',
        suspended: [['p'], ['q']],
        suspendPayload: { p: { ask: 'p' }, q: { ask: 'q' } },
        input: undefined,
        stepExecutionPath: [],
        steps: {
          input: undefined,
          p: { status: 'suspended', payload: undefined, suspendPayload: { ask: 'p' } },
          q: { status: 'suspended', payload: undefined, suspendPayload: { ask: 'q' } },
        },
      })
      const half = await stage.settle(run.resume({ step: 'p', resumeData: 'P' }))
      deepEqual(suspendedIn(half), [['q']])
      const whole = await stage.settle(run.resume({ resumeData: 'Q' }))
      deepEqual(resultOf(whole), { p: 'P', q: 'Q' })
      deepEqual(asked.toSorted(), ['p', 'q', 'r'])
    },
  },
  {
    id: 'branch.conditions-over-a-restart',
    shows: ['branch.conditions-once'],
    async play(stage) {
      const { block, asked } = countedArms()
      const first = await finish(stage, block)
      const second = await elsewhere(stage, first.engine, first.run)
      await stage.settle(second.run.resume({ step: 'q', resumeData: 'Q' }))
      const third = await elsewhere(stage, second.engine, second.run)
      const result = await stage.settle(third.run.resume({ step: 'p', resumeData: 'P' }))
      deepEqual(resultOf(result), { p: 'P', q: 'Q' })
      deepEqual(asked.toSorted(), ['p', 'q', 'r'])
    },
  },
  {
    id: 'branch.condition-true-by-now',
    shows: ['branch.resume-keeps-arms'],
    async play(stage) {
      const asking = step('asking', async ({ resumeData, setState, suspend }) => {
        await setState({ late: true })
        return resumeData ?? suspend()
      })
      const block = workflow('changing')
        .branch([
          [() => true, asking],
          [({ state }) => state.late === true, gives('late', 'must not run')],
        ])
        .commit()
      const { run } = await finish(stage, block)
      const result = await stage.settle(run.resume({ resumeData: 'done' }))
      deepEqual(resultOf(result), { asking: 'done' })
      deepEqual(statuses(result), { asking: 'success' })
    },
  },
  {
    id: 'branch.suspended-in-nested-branches',
    shows: ['branch.nested', 'branch.conditions-once'],
    async play(stage) {
      let asked = 0
      const yes = () => {
        asked += 1
        return true
      }
      const inner = workflow('inner')
        .branch([
          [yes, asks('ask')],
          [() => false, gives('never', 1)],
        ])
        .commit()
      const outer = workflow('outer')
        .map(() => 'mapped')
        .branch([
          [yes, inner],
          [() => false, gives('neither', 1)],
        ])
        .commit()
      const first = await finish(stage, outer)
      deepEqual(suspendedIn(first.result), [['inner', 'ask']])
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.resume({ step: ['inner', 'ask'], resumeData: 'ok' }))
      deepEqual(resultOf(result), { inner: { ask: 'ok' } })
      equal(asked, 2)
    },
  },
  {
    id: 'branch.process-lost-in-a-condition',
    shows: ['branch.lost-condition'],
    async play(stage) {
      const gate = createGate()
      const block = workflow('losing')
        .branch({
          taken: [() => gate.pass().then(() => true), gives('a', 1)],
          other: [() => false, gives('b', 1)],
        })
        .commit()
      const first = await begin(stage, block)
      await stage.settle(gate.reached())
      const second = await elsewhere(stage, first.engine, first.run)
      gate.open()
      await stage.clock.advance(60_000)
      await stage.settle(second.engine.tick())
      deepEqual(resultOf(await stage.settle(second.run.result())), { taken: 1 })
    },
  },
]
