import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { callIds, over, payloads } from './parts/events.js'
import { adds, echoes, lists, step, workflow } from './parts/loose.js'

const HOUR = 3_600_000

export const streamBlockScenarios: readonly Scenario[] = [
  {
    id: 'stream.foreach',
    shows: ['stream.foreach'],
    async play(stage) {
      const flow = workflow('items')
        .then(lists('items', [1, 2]))
        .foreach(adds('each', 1))
        .commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const { events, told } = await over(stage, run.stream({}))
      deepEqual(told.slice(3, -1), [
        'step start each',
        'step progress each success',
        'step progress each success',
        'step result each success',
      ])
      deepEqual(payloads(events, 'workflow-step-start')[1]?.payload, [1, 2])
      const about = { id: 'each', stepName: 'each', totalCount: 2, iterationStatus: 'success' }
      deepEqual(payloads(events, 'workflow-step-progress'), [
        { ...about, completedCount: 1, currentIndex: 0, iterationOutput: 2 },
        { ...about, completedCount: 2, currentIndex: 1, iterationOutput: 3 },
      ])
      deepEqual(payloads(events, 'workflow-step-result')[1]?.output, [2, 3])
      equal(new Set(callIds(events).get('each')).size, 1)
    },
  },
  {
    id: 'stream.items-that-suspend-and-fail',
    shows: ['stream.foreach', 'stream.suspension'],
    async play(stage) {
      const each = step('each', ({ inputData, resumeData, suspend }) => {
        if (resumeData === 'fail') throw new Error('no')
        return inputData === 1 ? inputData : (resumeData ?? suspend({ ask: inputData }))
      })
      const flow = workflow('mixed')
        .then(lists('items', [1, 2]))
        .foreach(each)
        .commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const first = await over(stage, run.stream({}))
      deepEqual(first.told.slice(3), [
        'step start each',
        'step progress each success',
        'step progress each suspended',
        'step suspended each',
        'finish suspended',
      ])
      const second = await over(stage, run.resumeStream({ resumeData: 'fail' }))
      deepEqual(second.told, [
        'start',
        'step start each',
        'step progress each failed',
        'step result each failed',
        'finish failed',
      ])
    },
  },
  {
    id: 'stream.blocks',
    shows: ['stream.blocks'],
    async play(stage) {
      const gate = createGate()
      const late = step('late', async () => {
        await gate.pass()
        return 'late'
      })
      const soon = step('soon', () => 'soon')
      const flow = workflow('blocks')
        .parallel([late, soon])
        .branch([
          [() => Promise.resolve(false), echoes('not-taken')],
          [() => Promise.resolve(true), echoes('taken')],
        ])
        .commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const output = run.stream({})
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      const { told } = await over(stage, output)
      deepEqual(told.slice(0, 3).toSorted(), ['start', 'step start late', 'step start soon'])
      deepEqual(told.slice(3), [
        'step result soon success',
        'step result late success',
        'step start taken',
        'step result taken success',
        'finish success',
      ])
    },
  },
  {
    id: 'stream.loop',
    shows: ['stream.loop'],
    async play(stage) {
      const flow = workflow('loop')
        .dountil(adds('more', 1), ({ iterationCount }) => Promise.resolve(iterationCount === 3))
        .commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const { events, told } = await over(stage, run.stream({ inputData: 0 }))
      const each = ['step start more', 'step result more success']
      deepEqual(told, ['start', ...each, ...each, ...each, 'finish success'])
      const counts = payloads(events, 'workflow-step-start').map(({ metadata }) => metadata)
      deepEqual(counts, [{ iterationCount: 1 }, { iterationCount: 2 }, { iterationCount: 3 }])
      equal(new Set(callIds(events).get('more')).size, 3)
    },
  },
  {
    id: 'stream.sleep',
    shows: ['stream.sleep'],
    async play(stage) {
      const flow = workflow('sleeping').sleep(HOUR, { id: 'nap' }).then(echoes('after')).commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const { events, told } = await over(stage, run.stream({ inputData: 'x' }))
      deepEqual(told.slice(0, 3), ['start', 'step waiting nap', 'step result nap success'])
      const [waiting] = payloads(events, 'workflow-step-waiting')
      deepEqual(waiting, { id: 'nap', stepName: 'nap', status: 'waiting', payload: 'x' })
      equal(payloads(events, 'workflow-step-result')[0]?.output, 'x')
    },
  },
]
