import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import { TripWire } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { callIds, collected, over, payloads, words } from './parts/events.js'
import { adds, asks, bails, echoes, fails, step, workflow } from './parts/loose.js'
import { errorOf, resultOf } from './parts/told.js'

const HOUR = 3_600_000

export const streamScenarios: readonly Scenario[] = [
  {
    id: 'stream.chain',
    shows: ['stream.chain', 'stream.events', 'stream.result', 'stream.late'],
    async play(stage) {
      const flow = workflow('chain').then(adds('one', 1)).then(adds('two', 2)).commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const output = run.stream({ inputData: 1 })
      equal(output.status, 'running')
      const { events, result, told } = await over(stage, output)
      deepEqual(told, [
        'start',
        'step start one',
        'step result one success',
        'step start two',
        'step result two success',
        'finish success',
      ])
      equal(resultOf(result), 4)
      deepEqual(payloads(events, 'workflow-start'), [{ workflowId: 'chain' }])
      deepEqual(payloads(events, 'workflow-step-start'), [
        { id: 'one', stepName: 'one', status: 'running', payload: 1 },
        { id: 'two', stepName: 'two', status: 'running', payload: 2 },
      ])
      deepEqual(payloads(events, 'workflow-step-result')[1], {
        id: 'two',
        stepName: 'two',
        status: 'success',
        payload: 2,
        output: 4,
      })
      const [finish] = payloads(events, 'workflow-finish')
      deepEqual([finish?.workflowStatus, finish?.finalWorkflowResult, finish?.metadata], ['success', 4, {}])
      for (const { runId, from } of events) deepEqual([runId, from], [run.runId, 'WORKFLOW'])
      const [[first, again] = [], [other] = []] = [...callIds(events).values()]
      equal(first, again)
      notEqual(first, other)
    },
  },
  {
    id: 'stream.failure',
    shows: ['stream.failure', 'stream.retry'],
    async play(stage) {
      const flow = workflow('failing', { retryConfig: { attempts: 2, delay: HOUR } })
        .then(fails('breaks', 'broken'))
        .then(echoes('never'))
        .commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const { events, result, told } = await over(stage, run.stream({}))
      deepEqual(told, ['start', 'step start breaks', 'step result breaks failed', 'finish failed'])
      equal(errorOf(result).message, 'broken')
      const [{ error } = {}] = payloads(events, 'workflow-step-result')
      ok(error instanceof Error && error.message === 'broken')
      const [{ metadata } = {}] = payloads(events, 'workflow-finish')
      const { error: why, errorMessage } = metadata as { readonly error?: Error; readonly errorMessage?: string }
      ok(why instanceof Error)
      equal(errorMessage, 'broken')
    },
  },
  {
    id: 'stream.nested',
    shows: ['stream.nested'],
    async play(stage) {
      const inmost = workflow('inmost').then(adds('one', 1)).commit()
      const inner = workflow('inner').then(adds('one', 1)).then(inmost).commit()
      const flow = workflow('outer').then(inner).commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const { told } = await over(stage, run.stream({ inputData: 1 }))
      deepEqual(told, [
        'start',
        'step start inner',
        'step start inner.one',
        'step result inner.one success',
        'step start inner.inmost',
        'step start inner.inmost.one',
        'step result inner.inmost.one success',
        'step result inner.inmost success',
        'step result inner success',
        'finish success',
      ])
    },
  },
  {
    id: 'stream.suspension',
    shows: ['stream.suspension', 'stream.events'],
    async play(stage) {
      const inner = workflow('inner').then(asks('ask')).commit()
      const flow = workflow('asking').then(inner).then(echoes('after')).commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const first = await over(stage, run.stream({ inputData: 1 }))
      deepEqual(first.told, [
        'start',
        'step start inner',
        'step start inner.ask',
        'step suspended inner.ask',
        'step suspended inner',
        'finish suspended',
      ])
      deepEqual(payloads(first.events, 'workflow-step-suspended')[0], {
        id: 'inner.ask',
        stepName: 'ask',
        status: 'suspended',
        payload: 1,
        suspendPayload: { ask: 'ask' },
      })
      const second = await over(stage, run.resumeStream({ resumeData: 'yes' }))
      deepEqual(second.told, [
        'start',
        'step start inner',
        'step start inner.ask',
        'step result inner.ask success',
        'step result inner success',
        'step start after',
        'step result after success',
        'finish success',
      ])
      equal(payloads(second.events, 'workflow-step-start')[1]?.resumePayload, 'yes')
      const [before = [], after = []] = [first, second].map(({ events }) => callIds(events).get('inner.ask'))
      notEqual(before[0], after[0])
      equal(after[0], after[1])
    },
  },
  {
    id: 'stream.stays-open',
    shows: ['stream.stays-open'],
    async play(stage) {
      const flow = workflow('twice').then(asks('first')).then(asks('second')).commit()
      const run = await (await stage.engine(flow)).createRun(flow)
      const output = run.stream({ closeOnSuspend: false })
      const reading = collected(output)
      for (const resumeData of ['one', 'two']) {
        await stage.settle(run.result())
        await stage.settle(run.resume({ resumeData }))
      }
      deepEqual(words(await stage.settle(reading)), [
        'start',
        'step start first',
        'step suspended first',
        'step start first',
        'step result first success',
        'step start second',
        'step suspended second',
        'step start second',
        'step result second success',
        'finish success',
      ])
      equal(resultOf(await stage.settle(output.result)), 'two')
      equal(output.status, 'success')
    },
  },
  {
    id: 'stream.other-ends',
    shows: ['stream.bail', 'stream.tripwire', 'stream.pause'],
    async play(stage) {
      const early = workflow('early').then(bails('leaves', 'early')).then(echoes('never')).commit()
      const trips = step('trips', () => {
        throw new TripWire('too far')
      })
      const tripped = workflow('tripped').then(trips).commit()
      const paused = workflow('paused').then(echoes('one')).then(echoes('two')).commit()
      const engine = await stage.engine([early, tripped, paused])
      const bailed = await over(stage, (await engine.createRun(early)).stream({}))
      deepEqual(bailed.told, ['start', 'step start leaves', 'step result leaves success', 'finish success'])
      const wired = await over(stage, (await engine.createRun(tripped)).stream({}))
      deepEqual(wired.told, ['start', 'step start trips', 'step result trips failed', 'finish tripwire'])
      const [{ tripwire } = {}] = payloads(wired.events, 'workflow-finish')
      equal((tripwire as { readonly reason?: unknown }).reason, 'too far')
      const stopped = await over(stage, (await engine.createRun(paused)).stream({ perStep: true }))
      deepEqual(stopped.told, ['start', 'step start one', 'step result one success', 'paused', 'finish paused'])
    },
  },
]
