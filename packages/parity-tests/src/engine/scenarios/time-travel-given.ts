import { deepEqual, match } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { resultOf, statuses } from './parts/told.js'
import { notedSteps, travel } from './parts/travelling.js'

export const timeTravelGivenScenarios: readonly Scenario[] = [
  {
    id: 'time-travel.steps-of-another-result',
    shows: ['time-travel.given-records'],
    async play(stage) {
      const { noted, broken, ran } = notedSteps()
      broken.add('b')
      const flow = workflow('given').then(noted('a')).then(noted('b')).then(noted('c')).commit()
      const { engine, result } = await finish(stage, flow, { inputData: 1 })
      broken.clear()
      ran()
      const other = await engine.createRun(flow)
      const again = await travel(stage, other, { step: 'b', context: { ...result.steps, c: undefined } })
      deepEqual(ran(), [
        ['b', 'A'],
        ['c', 'B'],
      ])
      deepEqual([again.input, resultOf(again)], [1, 'C'])
      const alone = await engine.createRun(flow)
      const paused = await travel(stage, alone, { step: 'b', context: again.steps, perStep: true })
      deepEqual([paused.status, statuses(paused)], ['paused', { a: 'success', b: 'success' }])
    },
  },
  {
    id: 'time-travel.past-what-never-ran',
    shows: ['time-travel.unknown-before'],
    async play(stage) {
      const { noted, broken, ids } = notedSteps()
      broken.add('b')
      const flow = workflow('past')
        .then(noted('a'))
        .then(noted('b'))
        .parallel([noted('p'), noted('q')])
        .branch([[async () => false, noted('never')]])
        .then(noted('y'))
        .then(noted('z'))
        .commit()
      const { run, result } = await finish(stage, flow)
      ids()
      const error = await refusal(stage, run.timeTravel({ step: 'z' }), 'WF_UNKNOWN_TARGET')
      match(error.message, /"z": nothing is recorded of "p", "q", "y" before it/)
      const some = { p: { output: 1 }, q: { output: 2 } }
      const still = await refusal(stage, run.timeTravel({ step: 'z', context: some }), 'WF_UNKNOWN_TARGET')
      match(still.message, /nothing is recorded of "y"/)
      deepEqual((await stage.settle(run.result())).steps, result.steps)
      await travel(stage, run, { step: 'z', context: some, inputData: 3 })
      deepEqual(ids(), ['z'])
    },
  },
  {
    id: 'time-travel.past-what-never-ran-in-a-nested-workflow',
    shows: ['time-travel.unknown-before'],
    async play(stage) {
      const { noted, broken, ids } = notedSteps()
      broken.add('i')
      const inner = workflow('inner').then(noted('i')).then(noted('j')).then(noted('k')).commit()
      const flow = workflow('around').then(noted('a')).then(inner).commit()
      const { run } = await finish(stage, flow)
      ids()
      const error = await refusal(stage, run.timeTravel({ step: 'inner.k' }), 'WF_UNKNOWN_TARGET')
      match(error.message, /"k": nothing is recorded of "j" before it/)
      const nestedStepsContext = { inner: { j: { output: 1 } } }
      await travel(stage, run, { step: 'inner.k', nestedStepsContext })
      deepEqual(ids(), ['k'])
    },
  },
]
