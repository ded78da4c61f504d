import { deepEqual, equal, rejects } from 'node:assert/strict'
import { isWorkflowError } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { askingMembers } from './parts/asking-members.js'
import { begin, finish } from './parts/begin.js'
import { adds, asks, echoes, fails, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, suspendedIn, told, untimed } from './parts/told.js'

export const parallelSuspensionScenarios: readonly Scenario[] = [
  {
    id: 'parallel.two-suspended',
    shows: ['parallel.suspensions'],
    async play(stage) {
      const { block } = askingMembers()
      const { result } = await finish(stage, block, { inputData: 1 })
      deepEqual(told(result), {
        status: 'suspended',
        suspended: [['p'], ['q']],
        suspendPayload: { p: { ask: 'p' }, q: { ask: 'q' } },
        input: 1,
        stepExecutionPath: [],
        steps: {
          input: 1,
          p: { status: 'suspended', payload: 1, suspendPayload: { ask: 'p' } },
          counted: { status: 'success', payload: 1, output: 'once' },
          q: { status: 'suspended', payload: 1, suspendPayload: { ask: 'q' } },
        },
      })
    },
  },
  {
    id: 'parallel.resume-without-a-name',
    shows: ['parallel.ambiguous-resume'],
    async play(stage) {
      const { block } = askingMembers()
      const { run } = await finish(stage, block)
      await rejects(stage.settle(run.resume({ resumeData: 1 })), (error) => {
        return (
          isWorkflowError(error, 'WF_AMBIGUOUS_RESUME') &&
          error.message.startsWith(
            'Multiple suspended steps found: [p], [q]. Please specify which step to resume using the "step" parameter.',
          )
        )
      })
      equal(await stage.settle(run.status()), 'suspended')
    },
  },
  {
    id: 'parallel.one-after-the-other',
    shows: ['parallel.resume-one'],
    async play(stage) {
      const { block, calls } = askingMembers()
      const { run } = await finish(stage, block, { inputData: 1 })
      const half = await stage.settle(run.resume({ step: 'q', resumeData: 'Q' }))
      deepEqual(suspendedIn(half), [['p']])
      deepEqual(untimed(half.steps).q, { status: 'success', payload: 1, resumePayload: 'Q', output: 'Q' })
      const whole = await stage.settle(run.resume({ resumeData: 'P' }))
      deepEqual(resultOf(whole), { p: 'P', counted: 'once', q: 'Q' })
      deepEqual(untimed(whole.steps).q, untimed(half.steps).q)
      deepEqual(calls, ['counted'])
    },
  },
  {
    id: 'parallel.resumed-twice',
    shows: ['parallel.resume-again'],
    async play(stage) {
      const { block } = askingMembers()
      const { run } = await finish(stage, block)
      await stage.settle(run.resume({ step: 'p', resumeData: 'P' }))
      await rejects(stage.settle(run.resume({ step: 'p', resumeData: 'again' })), (error) => {
        return (
          isWorkflowError(error, 'WF_NOT_SUSPENDED') &&
          error.message.startsWith('This workflow step "p" was not suspended. Available suspended steps: [q]')
        )
      })
      const result = await stage.settle(run.resume({ step: 'q', resumeData: 'Q' }))
      deepEqual(resultOf(result), { p: 'P', counted: 'once', q: 'Q' })
    },
  },
  {
    id: 'parallel.resumed-at-once',
    shows: ['parallel.resume-together'],
    async play(stage) {
      const { block, calls } = askingMembers()
      const { run } = await finish(stage, block)
      const both = [run.resume({ step: 'p', resumeData: 'P' }), run.resume({ step: 'q', resumeData: 'Q' })]
      const results = await stage.settle(Promise.all(both))
      const last = results.filter(({ status }) => status === 'success')
      equal(last.length > 0, true)
      for (const result of last) deepEqual(resultOf(result), { p: 'P', counted: 'once', q: 'Q' })
      deepEqual(calls, ['counted'])
      equal(await stage.settle(run.status()), 'success')
    },
  },
  {
    id: 'parallel.suspended-beside-a-running-member',
    shows: ['parallel.waits-for-members', 'parallel.suspended-status'],
    async play(stage) {
      const gate = createGate()
      const slow = step('slow', () => gate.pass())
      const block = workflow('waiting')
        .parallel([asks('p'), slow])
        .commit()
      const { engine, run, started } = await begin(stage, block)
      await stage.settle(gate.reached())
      await stage.quiet()
      const between = await stage.settle(engine.runs.get(run.runId))
      equal(between?.status, 'running')
      deepEqual([between?.steps.p?.status, between?.steps.slow?.status], ['suspended', 'running'])
      gate.open()
      deepEqual(suspendedIn(await stage.settle(started)), [['p']])
    },
  },
  {
    id: 'parallel.resumed-beside-a-running-member',
    shows: ['parallel.resume-while-running'],
    async play(stage) {
      const gate = createGate()
      const calls: unknown[] = []
      const asking = step('asking', ({ resumeData, suspend }) => {
        calls.push(resumeData)
        return resumeData ?? suspend()
      })
      const slow = step('slow', async () => {
        await gate.pass()
        return 'slow'
      })
      const block = workflow('meanwhile').parallel([asking, slow]).then(echoes('after')).commit()
      const { engine, run, started } = await begin(stage, block)
      await stage.settle(gate.reached())
      await stage.quiet()
      const resumed = run.resume({ step: 'asking', resumeData: 'now' })
      await stage.quiet()
      const between = await stage.settle(engine.runs.get(run.runId))
      deepEqual([between?.status, between?.steps.asking?.status], ['running', 'success'])
      gate.open()
      const [first, second] = await stage.settle(Promise.all([started, resumed]))
      deepEqual(resultOf(first), { asking: 'now', slow: 'slow' })
      deepEqual(told(second), told(first))
      deepEqual(calls, [undefined, 'now'])
    },
  },
  {
    id: 'parallel.suspended-and-failed',
    shows: ['parallel.failure-outweighs-suspension'],
    async play(stage) {
      const { result } = await finish(
        stage,
        workflow('outweighed')
          .parallel([asks('p'), fails('broken')])
          .commit(),
      )
      equal(errorOf(result).message, 'broken fails')
      deepEqual(statuses(result), { p: 'suspended', broken: 'failed' })
    },
  },
  {
    id: 'parallel.failure-after-a-resume',
    shows: ['parallel.fails-after-resume'],
    async play(stage) {
      const breaks = step('breaks', ({ resumeData, suspend }) => {
        if (resumeData === undefined) return suspend()
        throw new Error('resumed, and broken')
      })
      const { run } = await finish(
        stage,
        workflow('late')
          .parallel([breaks, asks('q')])
          .commit(),
      )
      const result = await stage.settle(run.resume({ step: 'breaks', resumeData: 1 }))
      equal(errorOf(result).message, 'resumed, and broken')
      await rejects(stage.settle(run.resume({ step: 'q' })), (error) => isWorkflowError(error, 'WF_RUN_ENDED'))
    },
  },
  {
    id: 'parallel.suspended-beside-an-allowed-failure',
    shows: ['parallel.allow-failure-suspension', 'parallel.allow-failure'],
    async play(stage) {
      const block = workflow('lenient')
        .parallel([asks('p'), fails('broken')], { allowFailure: true })
        .commit()
      const { run, result } = await finish(stage, block)
      deepEqual(suspendedIn(result), [['p']])
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 'P' }))), { p: 'P', broken: null })
    },
  },
  {
    id: 'parallel.member-workflows',
    shows: ['parallel.nested-workflows', 'parallel.suspensions'],
    async play(stage) {
      const inner = <const Id extends string>(id: Id) => workflow(id).then(adds('one', 1)).then(asks('ask')).commit()
      const block = workflow('outer')
        .parallel([inner('left'), inner('right')])
        .commit()
      const { run, result } = await finish(stage, block, { inputData: 1 })
      deepEqual(suspendedIn(result), [
        ['left', 'ask'],
        ['right', 'ask'],
      ])
      const half = await stage.settle(run.resume({ step: ['right', 'ask'], resumeData: 'R' }))
      deepEqual(suspendedIn(half), [['left', 'ask']])
      deepEqual(resultOf(await stage.settle(run.resume({ step: 'left', resumeData: 'L' }))), { left: 'L', right: 'R' })
    },
  },
  {
    id: 'parallel.failure-beside-a-resumed-member',
    shows: ['parallel.fails-beside-resumed', 'parallel.resume-while-running'],
    async play(stage) {
      const gate = createGate()
      const resumed = createGate()
      const breaks = step('breaks', async () => {
        await gate.pass()
        throw new Error('broken meanwhile')
      })
      const asking = step('asking', async ({ resumeData, suspend }) => {
        if (resumeData === undefined) return suspend()
        await resumed.pass()
        return resumeData
      })
      const { run, started } = await begin(stage, workflow('both').parallel([asking, breaks]).commit())
      await stage.settle(gate.reached())
      await stage.quiet()
      const going = run.resume({ step: 'asking', resumeData: 'ok' })
      await stage.settle(Promise.race([resumed.reached(), going]))
      gate.open()
      await stage.quiet()
      equal(await stage.settle(run.status()), 'running')
      resumed.open()
      for (const result of await stage.settle(Promise.all([started, going]))) {
        equal(errorOf(result).message, 'broken meanwhile')
        deepEqual(statuses(result), { asking: 'success', breaks: 'failed' })
      }
    },
  },
]
