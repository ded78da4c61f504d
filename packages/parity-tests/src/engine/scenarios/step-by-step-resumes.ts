import { deepEqual, equal } from 'node:assert/strict'
import { isWorkflowError, type ResumeOptions } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { adds, asks, echoes, gives, step, workflow } from './parts/loose.js'
import { refusal, refusalText } from './parts/refusal.js'
import { resultOf, statuses } from './parts/told.js'

export const stepByStepResumeScenarios: readonly Scenario[] = [
  {
    id: 'step-by-step.suspended-beside-steps-to-come',
    shows: ['step-by-step.suspended-beside', 'step-by-step.suspends'],
    async play(stage) {
      const flow = workflow('beside')
        .parallel([asks('p'), gives('q', 'Q'), gives('r', 'R')])
        .commit()
      const { run, result } = await finish(stage, flow, { perStep: true })
      equal(result.status, 'paused')
      deepEqual(statuses(result), { p: 'suspended', q: 'success' })
      const third = await stage.settle(run.resume({ perStep: true }))
      equal(third.status, 'suspended')
      deepEqual(statuses(third), { p: 'suspended', q: 'success', r: 'success' })
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 'P' }))), { p: 'P', q: 'Q', r: 'R' })
    },
  },
  {
    id: 'step-by-step.resumed-while-paused',
    shows: ['step-by-step.suspended-beside'],
    async play(stage) {
      const flow = workflow('named')
        .parallel([asks('p'), gives('q', 'Q'), gives('r', 'R')])
        .commit()
      const { run } = await finish(stage, flow, { perStep: true })
      const half = await stage.settle(run.resume({ step: 'p', resumeData: 'P', perStep: true }))
      equal(half.status, 'paused')
      equal(statuses(half).p, 'success')
      deepEqual(resultOf(await stage.settle(run.resume())), { p: 'P', q: 'Q', r: 'R' })
    },
  },
  {
    id: 'step-by-step.nothing-to-resume',
    shows: ['step-by-step.refusals'],
    async play(stage) {
      const { run } = await finish(stage, workflow('strict').then(echoes('a')).then(echoes('b')).commit(), {
        perStep: true,
      })
      const wrong: readonly ResumeOptions[] = [{ step: 'a' }, { label: 'x' }, { forEachIndex: 0 }, { resumeData: null }]
      for (const options of wrong) {
        const text = await refusalText(stage, run.resume(options), 'WF_NOT_SUSPENDED')
        equal(text, 'This workflow run was not suspended: its status is "paused"')
      }
      equal((await stage.settle(run.resume())).status, 'success')
    },
  },
  {
    id: 'step-by-step.two-go-on-at-one-moment',
    shows: ['step-by-step.one-continues', 'step-by-step.once'],
    async play(stage) {
      const flow = workflow('raced').then(adds('a', 1)).then(adds('b', 1)).then(adds('c', 1)).commit()
      const { run } = await finish(stage, flow, { inputData: 0, perStep: true })
      const both = [run.resume({ perStep: true }), run.resume({ perStep: true })]
      const settled = await stage.settle(Promise.allSettled(both))
      const refused = settled.filter((one) => one.status === 'rejected')
      deepEqual(
        refused.map(({ reason }) => isWorkflowError(reason, 'WF_CONFLICT')),
        [true],
      )
      const [won] = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      deepEqual(won && statuses(won), { a: 'success', b: 'success' })
      equal(resultOf(await stage.settle(run.resume())), 3)
    },
  },
  {
    id: 'step-by-step.with-a-context',
    shows: ['step-by-step.context'],
    async play(stage) {
      const tells = step('tells', ({ requestContext }) => requestContext.toJSON())
      const flow = workflow('contextual').then(echoes('a')).then(tells).commit()
      const { run } = await finish(stage, flow, { perStep: true, requestContext: { one: 1, two: 2 } })
      const result = await stage.settle(run.resume({ requestContext: { two: 'II', three: 'III' } }))
      deepEqual(resultOf(result), { one: 1, two: 'II', three: 'III' })
    },
  },
  {
    id: 'step-by-step.canceled',
    shows: ['step-by-step.cancel'],
    async play(stage) {
      const flow = workflow('stopped').then(echoes('a')).then(echoes('b')).commit()
      const { run } = await finish(stage, flow, { perStep: true })
      equal(await stage.settle(run.cancel()), 'canceled')
      await refusal(stage, run.resume(), 'WF_RUN_ENDED')
      deepEqual(statuses(await stage.settle(run.result())), { a: 'success' })
    },
  },
  {
    id: 'step-by-step.callbacks-of-the-run',
    shows: ['step-by-step.callbacks'],
    async play(stage) {
      const calls: string[] = []
      const options = {
        onStart: () => calls.push('start'),
        onFinish: ({ status }: { readonly status: string }) => calls.push(status),
      }
      const { run } = await finish(
        stage,
        workflow('called', { options }).then(echoes('a')).then(asks('b')).then(echoes('c')).commit(),
        { perStep: true },
      )
      deepEqual(calls, ['start'])
      await stage.settle(run.resume({ perStep: true }))
      deepEqual(calls, ['start', 'suspended'])
      await stage.settle(run.resume({ resumeData: 1, perStep: true }))
      deepEqual(calls, ['start', 'suspended'])
      await stage.settle(run.resume({ perStep: true }))
      deepEqual(calls, ['start', 'suspended', 'success'])
    },
  },
]
