import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { crowdOn, inOrder, startIn } from './parts/crowd.js'
import { step, workflow } from './parts/loose.js'
import { oneProcess, takeOver, twoProcesses } from './parts/processes.js'
import { resultOf } from './parts/told.js'

export const limitLostScenarios: readonly Scenario[] = [
  {
    id: 'limit.lost-with-its-process',
    shows: ['limit.lost', 'limit.concurrency'],
    async play(stage) {
      if (!stage.keepsRuns) return
      const gate = createGate()
      const began: unknown[] = []
      const flow = workflow('few', { options: { concurrency: 1 } })
        .then(
          step('work', async ({ inputData }) => {
            began.push(inputData)
            if (began.length === 1) await gate.pass()
            return inputData
          }),
        )
        .commit()
      const one = await oneProcess(stage, flow)
      const lost = await startIn(stage, one, { flow, inputData: 'lost' })
      await stage.settle(gate.reached())
      stage.cutOff(one)
      const other = await oneProcess(stage, flow)
      const waiting = await startIn(stage, other, { flow, inputData: 'waiting' })
      equal(await stage.settle(waiting.run.status()), 'waiting')
      deepEqual(began, ['lost'])
      await takeOver(stage, other)
      equal(resultOf(await stage.settle(waiting.result)), 'waiting')
      const again = await stage.settle(other.createRun(flow, { runId: lost.run.runId }))
      equal(resultOf(await stage.settle(again.result())), 'lost')
      deepEqual(began, ['lost', 'lost', 'waiting'])
      equal(resultOf(await stage.settle((await startIn(stage, other, { flow, inputData: 'next' })).result)), 'next')
      gate.open()
    },
  },
  {
    id: 'limit.let-in-by-another-process',
    shows: ['limit.elsewhere', 'limit.lost'],
    async play(stage) {
      if (!stage.keepsRuns) return
      const gate = createGate()
      const began: unknown[] = []
      const flow = workflow('few', { options: { concurrency: 1 } })
        .then(
          step('work', async ({ inputData }) => {
            began.push(inputData)
            if (inputData === 'first') await gate.pass()
            return inputData
          }),
        )
        .commit()
      const one = await oneProcess(stage, flow)
      const first = await startIn(stage, one, { flow, inputData: 'first' })
      await stage.settle(gate.reached())
      const other = await oneProcess(stage, flow)
      const waiting = await startIn(stage, other, { flow, inputData: 'waiting' })
      stage.cutOff(other)
      gate.open()
      equal(resultOf(await stage.settle(first.result)), 'first')
      const run = await stage.settle(one.createRun(flow, { runId: waiting.run.runId }))
      equal(resultOf(await stage.settle(run.result())), 'waiting')
      deepEqual(began, ['first', 'waiting'])
    },
  },
  {
    id: 'limit.over-processes',
    shows: ['limit.concurrency'],
    async play(stage) {
      if (!stage.keepsRuns) return
      const crowd = crowdOn(stage)
      const flow = workflow('few', { options: { concurrency: 2 } })
        .then(crowd.works('a'))
        .then(crowd.works('b'))
        .commit()
      const { one, other } = await twoProcesses(stage, flow)
      const started = []
      for (let start = 0; start < 5; start += 1)
        started.push(await startIn(stage, start % 2 === 0 ? one : other, { flow, inputData: start }))
      for (const [index, { result }] of started.entries()) equal(resultOf(await stage.settle(result)), index)
      equal(crowd.most(), 2)
      inOrder(stage, { ...crowd, atOnce: 2 }, [0, 1, 2, 3, 4])
    },
  },
]
