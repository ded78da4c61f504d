import { deepEqual, equal, match } from 'node:assert/strict'
import type { TimeTravelOptions } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { number } from '../schemas.js'
import { begin, finish } from './parts/begin.js'
import { checkedStep } from './parts/checked.js'
import { lists, step, workflow } from './parts/loose.js'
import { refusal, refusalText } from './parts/refusal.js'
import { resultOf, told } from './parts/told.js'
import { notedSteps, travel } from './parts/travelling.js'

export const timeTravelRefusalScenarios: readonly Scenario[] = [
  {
    id: 'time-travel.of-a-running-run',
    shows: ['time-travel.running'],
    async play(stage) {
      const gate = createGate()
      const callback = createGate()
      const wait = step('wait', () => gate.pass())
      const options = { onFinish: () => callback.pass() }
      const flow = workflow('running', { options }).then(wait).commit()
      const { run, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      const text = await refusalText(stage, run.timeTravel({ step: 'wait' }), 'WF_CONFLICT')
      match(text, /^This workflow run is still running, cannot time travel/)
      gate.open()
      await stage.settle(callback.reached())
      await refusal(stage, run.timeTravel({ step: 'wait' }), 'WF_CONFLICT')
      callback.open()
      equal((await stage.settle(started)).status, 'success')
    },
  },
  {
    id: 'time-travel.to-what-is-not-there',
    shows: ['time-travel.unknown'],
    async play(stage) {
      const { noted, ids } = notedSteps()
      const inner = workflow('inner').then(noted('i')).commit()
      const flow = workflow('places')
        .then(lists('list', [1, 2]))
        .foreach(noted('item'))
        .dountil(noted('body'), async () => true)
        .then(inner)
        .commit()
      const { run, result } = await finish(stage, flow)
      ids()
      const asked: readonly TimeTravelOptions[] = [
        { step: 'nobody' },
        { step: 'inner.nobody' },
        { step: ['item', 'i'] },
        { step: 'item', forEachIndex: 2 },
        { step: 'item', forEachIndex: [0, 0] },
        { step: 'body', iteration: 1 },
        { step: 'list', iteration: 0 },
        { step: 'item', context: { nobody: { output: 1 } } },
        { step: 'item', nestedStepsContext: { inner: { i: { output: 1 } } } },
        { step: 'inner.i', nestedStepsContext: { inner: { nobody: { output: 1 } } } },
      ]
      for (const options of asked) await refusal(stage, run.timeTravel(options), 'WF_UNKNOWN_TARGET')
      const text = await refusalText(stage, run.timeTravel({ step: 'nobody' }), 'WF_UNKNOWN_TARGET')
      match(text, /^Time travel target step not found in execution graph: 'nobody'\. Verify the step id\/path\./)
      match(text, /"list", "item", "body", "inner"/)
      const fresh = await (await stage.engine(flow)).createRun(flow)
      await refusal(stage, fresh.timeTravel({ step: 'item', forEachIndex: 0 }), 'WF_UNKNOWN_TARGET')
      for (const options of [
        {},
        { step: 7 },
        { step: [] },
        { step: 'item', forEachIndex: -1 },
        { step: 'item', context: { list: 3 } },
      ])
        await refusal(stage, run.timeTravel(options as TimeTravelOptions), 'WF_INVALID_OPTION')
      deepEqual(ids(), [])
      deepEqual(told(await stage.settle(run.result())), told(result))
    },
  },
  {
    id: 'time-travel.with-what-does-not-fit',
    shows: ['time-travel.misfit'],
    async play(stage) {
      const add = checkedStep('add', { inputSchema: number(), resumeSchema: number() }, ({ inputData }) => inputData)
      const flow = workflow('checked').then(add).commit()
      const { run } = await finish(stage, flow, { inputData: 1 })
      const text = await refusalText(stage, run.timeTravel({ step: 'add', inputData: 'x' }), 'WF_INVALID_INPUT')
      match(text, /^Invalid input data: /)
      await refusal(stage, run.timeTravel({ step: 'add', resumeData: 'x' }), 'WF_INVALID_RESUME_DATA')
      equal(await run.status(), 'success')
      equal(resultOf(await travel(stage, run, { step: 'add', inputData: 2 })), 2)
    },
  },
  {
    id: 'time-travel.two-at-one-moment',
    shows: ['time-travel.once', 'time-travel.again'],
    async play(stage) {
      const { noted, ids } = notedSteps()
      const { run } = await finish(stage, workflow('race').then(noted('a')).then(noted('b')).commit())
      ids()
      const both = await stage.settle(
        Promise.allSettled([run.timeTravel({ step: 'b' }), run.timeTravel({ step: 'b' })]),
      )
      deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      deepEqual(ids(), ['b'])
      equal(resultOf(await travel(stage, run, { step: 'b' })), 'B')
    },
  },
]
