import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told, untimed } from './parts/told.js'

/** The record of a step with its times. */
const recordOf = (result: { readonly steps: object }, id: string): Record<string, unknown> =>
  (result.steps as Readonly<Record<string, Record<string, unknown>>>)[id] ?? {}

export const suspendScenarios: readonly Scenario[] = [
  {
    id: 'suspend.whole-result',
    shows: ['suspend.result', 'suspend.stops'],
    async play(stage) {
      const calls: string[] = []
      const after = step('after', () => calls.push('after'))
      const flow = workflow('approval').then(adds('sum', 1)).then(asks('approve')).then(after).commit()
      const { result, run } = await finish(stage, flow, { inputData: 1 })
      equal(result.runId, run.runId)
      deepEqual(told(result), {
        status: 'suspended',
        suspended: [['approve']],
        suspendPayload: { approve: { ask: 'approve' } },
        input: 1,
        stepExecutionPath: ['sum', 'approve'],
        steps: {
          input: 1,
          sum: { status: 'success', payload: 1, output: 2 },
          approve: { status: 'suspended', payload: 2, suspendPayload: { ask: 'approve' } },
        },
      })
      deepEqual(calls, [])
    },
  },
  {
    id: 'suspend.behind-the-call',
    shows: ['suspend.goes-on', 'suspend.output'],
    async play(stage) {
      const calls: string[] = []
      const draft = step('draft', async ({ suspend }) => {
        await suspend({ ask: 'text' })
        calls.push('behind')
        return { partial: true }
      })
      const { result } = await finish(stage, workflow('partial').then(draft).commit())
      deepEqual(calls, ['behind'])
      deepEqual(untimed(result.steps).draft, {
        status: 'suspended',
        payload: undefined,
        suspendPayload: { ask: 'text' },
        suspendOutput: { partial: true },
      })
    },
  },
  {
    id: 'suspend.falsy-outputs',
    shows: ['suspend.output'],
    async play(stage) {
      for (const value of [0, '', false, null, undefined]) {
        const wait = step('wait', async ({ suspend }) => {
          await suspend({ ask: 1 })
          return value
        })
        const { result } = await finish(stage, workflow(`falsy ${value}`).then(wait).commit())
        equal(result.status, 'suspended')
        ok(!('suspendOutput' in recordOf(result, 'wait')), `${JSON.stringify(value)} is no output`)
      }
    },
  },
  {
    id: 'suspend.without-payload',
    shows: ['suspend.no-payload'],
    async play(stage) {
      const wait = step('wait', ({ resumeData, suspend }) => resumeData ?? suspend())
      const { result, run } = await finish(stage, workflow('silent').then(wait).commit())
      equal(result.status, 'suspended')
      equal(recordOf(result, 'wait').suspendPayload, undefined)
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'go' }))), 'go')
    },
  },
  {
    id: 'suspend.when',
    shows: ['suspend.times'],
    async play(stage) {
      const { result, run } = await finish(stage, workflow('timely').then(asks('wait')).commit())
      const before = recordOf(result, 'wait')
      ok(Number(before.startedAt) <= Number(before.suspendedAt))
      ok(!('endedAt' in before) && !('resumedAt' in before))
      await stage.clock.advance(60_000)
      const after = recordOf(await stage.settle(run.resume({ resumeData: 1 })), 'wait')
      ok(Number(after.resumedAt) >= Number(before.suspendedAt) + 60_000)
      equal(after.startedAt, after.resumedAt)
      ok(Number(after.endedAt) >= Number(after.resumedAt))
    },
  },
  {
    id: 'suspend.resumed-record',
    shows: ['suspend.record-after-resume', 'suspend.labels-used'],
    async play(stage) {
      const wait = step('wait', async ({ resumeData, suspend }) => {
        if (resumeData) return { done: resumeData }
        await suspend({ ask: 1 }, { resumeLabel: 'here' })
        return 'partly'
      })
      const { run } = await finish(stage, workflow('resumed').then(wait).commit(), { inputData: 'in' })
      const result = await stage.settle(run.resume({ resumeData: { yes: true } }))
      deepEqual(told(result), {
        status: 'success',
        result: { done: { yes: true } },
        input: 'in',
        stepExecutionPath: ['wait'],
        steps: {
          input: 'in',
          wait: { status: 'success', payload: 'in', resumePayload: { yes: true }, output: { done: { yes: true } } },
        },
      })
      deepEqual(Object.keys(recordOf(result, 'wait')).sort(), [
        'endedAt',
        'output',
        'payload',
        'resumePayload',
        'resumedAt',
        'startedAt',
        'status',
      ])
    },
  },
  {
    id: 'suspend.three-times',
    shows: ['suspend.again', 'suspend.data', 'suspend.start-again'],
    async play(stage) {
      const seen: unknown[] = []
      const wait = step('wait', ({ resumeData, suspendData, suspend }) => {
        seen.push([resumeData, suspendData])
        return resumeData === 3 ? 'enough' : suspend({ leg: Number(resumeData ?? 0) })
      })
      const { run, result } = await finish(stage, workflow('legs').then(wait).commit())
      deepEqual(untimed(result.steps).wait, { status: 'suspended', payload: undefined, suspendPayload: { leg: 0 } })
      const once = await stage.settle(run.resume({ resumeData: 1 }))
      const twice = await stage.settle(run.resume({ resumeData: 2 }))
      for (const [leg, { steps }] of [once, twice].entries()) {
        deepEqual(untimed(steps).wait, {
          status: 'suspended',
          payload: undefined,
          resumePayload: leg + 1,
          suspendPayload: { leg: leg + 1 },
        })
      }
      const last = await stage.settle(run.resume({ resumeData: 3 }))
      deepEqual(untimed(last.steps).wait, {
        status: 'success',
        payload: undefined,
        resumePayload: 3,
        output: 'enough',
      })
      deepEqual(seen, [
        [undefined, undefined],
        [1, { leg: 0 }],
        [2, { leg: 1 }],
        [3, { leg: 2 }],
      ])
    },
  },
  {
    id: 'suspend.one-object-per-attempt',
    shows: ['suspend.stable'],
    async play(stage) {
      const same: boolean[] = []
      const wait = step('wait', (context) => {
        if (context.resumeData === undefined) return context.suspend({ deep: {} })
        const { resumeData, suspendData } = context
        same.push(resumeData === context.resumeData, suspendData === context.suspendData)
        return 'ok'
      })
      const { run } = await finish(stage, workflow('stable').then(wait).commit())
      equal(resultOf(await stage.settle(run.resume({ resumeData: { a: 1 } }))), 'ok')
      deepEqual(same, [true, true])
    },
  },
  {
    id: 'suspend.rich-values',
    shows: ['suspend.copies'],
    async play(stage) {
      const rich = () => ({ when: new Date(0), set: new Set([1]), big: 10n, none: undefined, nan: Number.NaN })
      const seen: unknown[] = []
      const wait = step('wait', async ({ resumeData, suspendData, suspend }) => {
        if (resumeData === undefined) return suspend(rich())
        seen.push(suspendData, structuredClone(resumeData))
        Object.assign(resumeData as object, { when: 'changed' })
        return resumeData
      })
      const { run, result } = await finish(stage, workflow('rich').then(wait).commit())
      deepEqual(result.status === 'suspended' && result.suspendPayload, { wait: rich() })
      const given = rich()
      const done = await stage.settle(run.resume({ resumeData: given }))
      deepEqual(seen, [rich(), rich()])
      deepEqual(given, rich())
      deepEqual(recordOf(done, 'wait').resumePayload, rich())
    },
  },
  {
    id: 'suspend.and-then-throw',
    shows: ['suspend.throw-after'],
    async play(stage) {
      const broken = step('broken', async ({ suspend }) => {
        await suspend({ ask: 1 })
        throw new Error('after all')
      })
      const { result } = await finish(stage, workflow('broken off').then(broken).commit())
      equal(errorOf(result).message, 'after all')
      const { error, ...record } = untimed(result.steps).broken as Record<string, unknown>
      deepEqual(record, { status: 'failed', payload: undefined })
      ok(error instanceof Error)
      ok(!('suspended' in result) && !('suspendPayload' in result))
    },
  },
  {
    id: 'suspend.and-then-throw-once',
    shows: ['suspend.throw-after-retried'],
    async play(stage) {
      const broken = step(
        'broken',
        async ({ suspend, retryCount }) => {
          if (retryCount === 1) return 'the second time'
          await suspend({ ask: 1 })
          throw new Error('the first time')
        },
        { retries: 1 },
      )
      const { result } = await finish(stage, workflow('broken once').then(broken).commit())
      equal(resultOf(result), 'the second time')
    },
  },
  {
    id: 'suspend.between-steps',
    shows: ['suspend.keeps-finished', 'suspend.outlives'],
    async play(stage) {
      const calls: string[] = []
      const counted = (id: string) =>
        step(id, ({ inputData }) => {
          calls.push(id)
          return [inputData, id]
        })
      const after = step('after', ({ inputData, getStepResult }) => {
        calls.push('after')
        return { inputData, before: getStepResult('before') }
      })
      const flow = workflow('middle').then(counted('before')).then(asks('wait')).then(after).commit()
      const { engine, run, result } = await finish(stage, flow, { inputData: 'x' })
      const there = await elsewhere(stage, engine, run)
      deepEqual((await stage.settle(there.engine.runs.get(run.runId)))?.steps, result.steps)
      const done = await stage.settle(there.run.resume({ resumeData: 'go' }))
      deepEqual(resultOf(done), { inputData: 'go', before: ['x', 'before'] })
      deepEqual(statuses(done), { before: 'success', wait: 'success', after: 'success' })
      deepEqual(calls, ['before', 'after'])
    },
  },
  {
    id: 'suspend.then-bail',
    shows: ['suspend.bail-after-resume'],
    async play(stage) {
      const wait = step('wait', ({ resumeData, suspend, bail }) => (resumeData ? bail('out') : suspend()))
      const { run } = await finish(stage, workflow('leaves').then(wait).then(echoes('after')).commit())
      const result = await stage.settle(run.resume({ resumeData: 1 }))
      equal(resultOf(result), 'out')
      deepEqual(statuses(result), { wait: 'success' })
    },
  },
]
