import { deepEqual, equal } from 'node:assert/strict'
import type { WatchEvent } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { elsewhere } from './parts/begin.js'
import { collected, over, readAll, words } from './parts/events.js'
import { adds, asks, echoes, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { resultOf } from './parts/told.js'

const chain = () => workflow('chain').then(adds('one', 1)).then(asks('ask')).then(echoes('last')).commit()

export const streamReaderScenarios: readonly Scenario[] = [
  {
    id: 'stream.observed-anywhere',
    shows: ['stream.observe', 'stream.late'],
    async play(stage) {
      const flow = chain()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const first = await over(stage, run.stream({ inputData: 1 }))
      const second = await over(stage, run.resumeStream({ resumeData: 'yes' }))
      const all = [...first.events, ...second.events]
      const there = await elsewhere(stage, engine, run)
      // What no storage has is told once.
      const missed = stage.keepsRuns ? [] : ['gap']
      const kept = stage.keepsRuns ? all : []
      deepEqual(words(await readAll(stage, there.run.observe())), [...missed, ...words(kept)])
      if (!stage.keepsRuns) return
      deepEqual(await readAll(stage, there.run.observe()), all)
      for (const [index, { position }] of all.entries()) {
        if (position === undefined) throw new Error(`event ${index} has no place`)
        deepEqual(await readAll(stage, there.run.observe({ after: position })), all.slice(index + 1))
      }
    },
  },
  {
    id: 'stream.observed-from-the-start',
    shows: ['stream.observe', 'stream.leaves'],
    async play(stage) {
      const flow = chain()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const reading = collected(run.observe({ closeOnSuspend: false }))
      const leaving = run.observe().getReader()
      const output = run.stream({ inputData: 1 })
      equal((await stage.settle(leaving.read())).value?.type, 'workflow-start')
      await stage.settle(leaving.cancel())
      const first = await over(stage, output)
      const second = await over(stage, run.resumeStream({ resumeData: 'yes' }))
      deepEqual(await stage.settle(reading), [...first.events, ...second.events])
    },
  },
  {
    id: 'stream.time-travel',
    shows: ['stream.time-travel'],
    async play(stage) {
      const flow = workflow('chain').then(adds('one', 1)).then(adds('two', 2)).then(echoes('last')).commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      await stage.settle(run.start({ inputData: 1 }))
      const { told, result } = await over(stage, run.timeTravelStream({ step: 'two', inputData: 10 }))
      deepEqual(told, [
        'start',
        'step start two',
        'step result two success',
        'step start last',
        'step result last success',
        'finish success',
      ])
      equal(resultOf(result), 12)
    },
  },
  {
    id: 'stream.cancel',
    shows: ['stream.cancel'],
    async play(stage) {
      const gate = createGate()
      const holds = step('holds', () => gate.pass())
      const inner = workflow('inner').then(holds).commit()
      const flow = workflow('canceled').then(inner).commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const output = run.stream({})
      await stage.settle(gate.reached())
      await stage.settle(run.cancel())
      const { told } = await over(stage, output)
      gate.open()
      deepEqual(told, [
        'start',
        'step start inner',
        'step start inner.holds',
        'step result inner.holds canceled',
        'step result inner canceled',
        'canceled',
        'finish canceled',
      ])
    },
  },
  {
    id: 'stream.refused',
    shows: ['stream.refusal', 'stream.place'],
    async play(stage) {
      const flow = chain()
      const run = await (await stage.engine(flow)).createRun(flow)
      await stage.settle(run.start({ inputData: 1 }))
      const output = run.stream({ inputData: 1 })
      deepEqual(words(await readAll(stage, output)), [])
      await refusal(stage, output.result, 'WF_CONFLICT')
      equal(output.status, 'failed')
      const wrong = run.resumeStream({ step: 'nobody' })
      deepEqual(words(await readAll(stage, wrong)), [])
      await refusal(stage, wrong.result, 'WF_UNKNOWN_TARGET')
      for (const after of ['', '1', '1.2', '-1.0.0', 'x.y.z', '1.0.0.0'])
        await refusal(stage, (async () => run.observe({ after }))(), 'WF_INVALID_OPTION')
    },
  },
  {
    id: 'stream.watched',
    shows: ['stream.watch', 'stream.watcher-throws'],
    async play(stage) {
      const flow = chain()
      const run = await (await stage.engine(flow)).createRun(flow)
      const told: string[] = []
      const watcher = ({ type }: WatchEvent): void => {
        told.push(type.replace(/^workflow-/, ''))
      }
      const leave = run.watch(watcher)
      run.watch(() => {
        throw new Error('of no interest')
      })
      await stage.settle(run.start({ inputData: 1 }))
      await stage.quiet()
      deepEqual(told, ['step-start', 'step-result', 'step-finish', 'step-start', 'step-suspended'])
      leave()
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'yes' }))), 'yes')
      equal(told.length, 5)
    },
  },
]
