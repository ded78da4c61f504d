import { deepEqual, equal, ok } from 'node:assert/strict'
import type { WorkflowResult } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { echoes, lists, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { errorOf, resultOf, suspendedIn, told, untimed } from './parts/told.js'

const labels = { outputOptions: { includeResumeLabels: true } } as const

/** Asks under a label that others have too. */
const asksAlike = <const Id extends string>(id: Id) =>
  step(id, ({ inputData, resumeData, suspend }) =>
    resumeData === undefined ? suspend({ ask: inputData }, { resumeLabel: 'same' }) : [inputData, resumeData],
  )

/** Two items, each a workflow with two steps beside each other that ask. */
const pairs = () => {
  const pair = workflow('pair')
    .parallel([asksAlike('p'), asksAlike('q')])
    .commit()
  return workflow('pairs')
    .then(lists('list', [1, 2]))
    .foreach(pair, { concurrency: 2 })
    .commit()
}

const labelsIn = (result: WorkflowResult) => (result.status === 'suspended' ? result.resumeLabels : undefined)

export const suspendCallScenarios: readonly Scenario[] = [
  {
    id: 'suspend.twice-in-one-body',
    shows: ['suspend.last-call'],
    async play(stage) {
      const twice = step('twice', async ({ resumeData, suspendData, suspend }) => {
        if (resumeData !== undefined) return [resumeData, suspendData]
        await suspend({ first: true }, { resumeLabel: ['one', 'both'] })
        return suspend({ second: true }, { resumeLabel: 'two' })
      })
      const { run, result } = await finish(stage, workflow('twice over').then(twice).commit(), labels)
      deepEqual(told(result), {
        status: 'suspended',
        suspended: [['twice']],
        suspendPayload: { twice: { second: true } },
        resumeLabels: { two: { stepId: 'twice' } },
        input: undefined,
        stepExecutionPath: ['twice'],
        steps: {
          input: undefined,
          twice: { status: 'suspended', payload: undefined, suspendPayload: { second: true } },
        },
      })
      await refusal(stage, run.resume({ label: 'one' }), 'WF_UNKNOWN_TARGET')
      const last = await stage.settle(run.resume({ label: 'two', resumeData: 1 }))
      deepEqual(resultOf(last), [1, { second: true }])
    },
  },
  {
    id: 'suspend.or-bail-in-one-body',
    shows: ['suspend.or-bail'],
    async play(stage) {
      const play = (id: string, execute: Parameters<typeof step>[1]) =>
        finish(stage, workflow(id).then(step('either', execute)).then(echoes('after')).commit())
      const bailed = await play('bails', async ({ suspend, bail }) => {
        await suspend({ ask: 1 }, { resumeLabel: 'gone' })
        return bail('out')
      })
      equal(resultOf(bailed.result), 'out')
      deepEqual(untimed(bailed.result.steps).either, { status: 'success', payload: undefined, output: 'out' })
      const suspended = await play('suspends', ({ suspend, bail }) => {
        bail('out')
        return suspend({ ask: 1 })
      })
      deepEqual(suspendedIn(suspended.result), [['either']])
      const thrown = await play('throws', async ({ suspend, bail }) => {
        await suspend({ ask: 1 })
        bail('out')
        throw new Error('neither')
      })
      equal(errorOf(thrown.result).message, 'neither')
    },
  },
  {
    id: 'suspend.with-less-the-next-time',
    shows: ['suspend.nothing-left-over', 'suspend.data'],
    async play(stage) {
      const seen: unknown[] = []
      const less = step('less', async ({ resumeData, suspendData, suspend }) => {
        seen.push([resumeData, suspendData])
        if (resumeData === 'done') return 'done'
        if (resumeData === 'bare') return suspend()
        await suspend({ ask: 1 }, { resumeLabel: 'asked' })
        return { draft: 1 }
      })
      const { run } = await finish(stage, workflow('less and less').then(less).commit(), labels)
      const bare = await stage.settle(run.resume({ resumeData: 'bare', ...labels }))
      deepEqual(told(bare), {
        status: 'suspended',
        suspended: [['less']],
        suspendPayload: { less: undefined },
        resumeLabels: {},
        input: undefined,
        stepExecutionPath: ['less'],
        steps: {
          input: undefined,
          less: { status: 'suspended', payload: undefined, resumePayload: 'bare', suspendPayload: undefined },
        },
      })
      await refusal(stage, run.resume({ label: 'asked' }), 'WF_UNKNOWN_TARGET')
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'done' }))), 'done')
      deepEqual(seen, [
        [undefined, undefined],
        ['bare', { ask: 1 }],
        ['done', undefined],
      ])
    },
  },
  {
    id: 'suspend.labels-whoever-was-faster',
    shows: ['suspend.labels-in-order', 'suspend.labels'],
    async play(stage) {
      const gate = createGate()
      const late = step('late', async ({ suspend }) => {
        await gate.pass()
        return suspend({}, { resumeLabel: ['late', 'shared'] })
      })
      const soon = step('soon', ({ suspend }) => suspend({}, { resumeLabel: ['soon', 'shared'] }))
      const flow = workflow('race')
        .parallel([late, workflow('in').then(soon).commit()])
        .commit()
      const { engine, run, started } = await begin(stage, flow, labels)
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      const expected = [
        ['late', { stepId: 'late' }],
        ['shared', { stepId: 'late' }],
        ['soon', { stepId: 'in' }],
      ]
      deepEqual(Object.entries({ ...labelsIn(await stage.settle(started)) }), expected)
      const there = await elsewhere(stage, engine, run)
      deepEqual(Object.entries({ ...labelsIn(await stage.settle(there.run.result())) }), expected)
    },
  },
  {
    id: 'resume.label-of-several-items',
    shows: ['resume.shared-label'],
    async play(stage) {
      const each = workflow('alike')
        .then(lists('list', [1, 2, 3]))
        .foreach(asksAlike('item'), { concurrency: 2 })
        .commit()
      const { run, result } = await finish(stage, each)
      deepEqual(suspendedIn(result), [['item']])
      const half = await stage.settle(run.resume({ label: 'same', resumeData: 'x' }))
      deepEqual(half.status === 'suspended' && half.suspendPayload, { item: { ask: 3 } })
      deepEqual(resultOf(await stage.settle(run.resume({ label: 'same', resumeData: 'y' }))), [
        [1, 'x'],
        [2, 'x'],
        [3, 'y'],
      ])
    },
  },
  {
    id: 'resume.label-of-several-steps',
    shows: ['resume.shared-label', 'resume.narrowed', 'resume.ambiguous'],
    async play(stage) {
      const both = workflow('both')
        .parallel([asksAlike('p'), workflow('in').then(asksAlike('q')).commit()])
        .commit()
      const { run } = await finish(stage, both, { inputData: 0 })
      const { message } = await refusal(stage, run.resume({ label: 'same' }), 'WF_AMBIGUOUS_RESUME')
      ok(message.startsWith('Multiple suspended steps found: [p], [in, q].'))
      await refusal(stage, run.resume({ label: 'same', step: 'nowhere' }), 'WF_UNKNOWN_TARGET')
      await refusal(stage, run.resume({ label: 'same', step: 'p', forEachIndex: 0 }), 'WF_UNKNOWN_TARGET')
      const half = await stage.settle(run.resume({ label: 'same', step: 'in', resumeData: 'Q' }))
      deepEqual(suspendedIn(half), [['p']])
      const last = await stage.settle(run.resume({ label: 'same', resumeData: 'P' }))
      deepEqual(resultOf(last), { p: [0, 'P'], in: [0, 'Q'] })
    },
  },
  {
    id: 'resume.one-step-of-one-item',
    shows: ['resume.narrowed', 'resume.index', 'resume.ambiguous'],
    async play(stage) {
      const { run, result } = await finish(stage, pairs())
      deepEqual(suspendedIn(result), [
        ['pair', 'p'],
        ['pair', 'q'],
      ])
      const { message } = await refusal(stage, run.resume({ forEachIndex: 0 }), 'WF_AMBIGUOUS_RESUME')
      ok(message.startsWith('Multiple suspended steps found: [pair, p], [pair, q].'))
      const one = await stage.settle(run.resume({ step: 'pair.q', forEachIndex: 1, resumeData: 'q1' }))
      deepEqual(suspendedIn(one), [
        ['pair', 'p'],
        ['pair', 'q'],
      ])
      await refusal(stage, run.resume({ step: 'pair.q', forEachIndex: 1 }), 'WF_UNKNOWN_TARGET')
      const both = await stage.settle(run.resume({ step: ['pair', 'p'], resumeData: 'p' }))
      deepEqual(suspendedIn(both), [['pair', 'q']])
      const last = await stage.settle(run.resume({ forEachIndex: 0, label: 'same', resumeData: 'q0' }))
      deepEqual(resultOf(last), [
        { p: [1, 'p'], q: [1, 'q0'] },
        { p: [2, 'p'], q: [2, 'q1'] },
      ])
    },
  },
]
