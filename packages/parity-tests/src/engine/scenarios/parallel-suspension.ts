import { deepEqual, equal, rejects } from 'node:assert/strict'
import { isWorkflowError } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, fails, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, suspendedIn, told, untimed } from './parts/told.js'

/** Two members that ask, one that counts how often it ran. */
function threeMembers() {
  const calls: string[] = []
  const counted = step('counted', () => {
    calls.push('counted')
    return 'once'
  })
  const block = workflow('three')
    .parallel([asks('p'), counted, asks('q')])
    .then(echoes('after'))
    .commit()
  return { block, calls }
}

export const parallelSuspensionScenarios: readonly Scenario[] = [
  {
    id: 'parallel.two-suspended',
    shows: ['parallel.suspensions'],
    async play(stage) {
      const { block } = threeMembers()
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
      const { block } = threeMembers()
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
      const { block, calls } = threeMembers()
      const { run } = await finish(stage, block, { inputData: 1 })
      const half = await stage.settle(run.resume({ step: 'q', resumeData: 'Q' }))
      deepEqual(suspendedIn(half), [['p']])
      deepEqual(untimed(half.steps).q, { status: 'success', payload: 1, resumePayload: 'Q', output: 'Q' })
      const whole = await stage.settle(run.resume({ resumeData: 'P' }))
      deepEqual(resultOf(whole), { p: 'P', counted: 'once', q: 'Q' })
      deepEqual(calls, ['counted'])
    },
  },
  {
    id: 'parallel.resumed-twice',
    shows: ['parallel.resume-again'],
    async play(stage) {
      const { block } = threeMembers()
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
      const { block, calls } = threeMembers()
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
    id: 'parallel.recorded-while-a-sibling-runs',
    shows: ['parallel.recorded-at-once'],
    async play(stage) {
      const gate = createGate()
      const block = workflow('recording')
        .parallel([adds('fast', 1), step('slow', () => gate.pass())])
        .commit()
      const { engine, run, started } = await begin(stage, block, { inputData: 1 })
      await stage.settle(gate.reached())
      await stage.quiet()
      const between = await stage.settle(engine.runs.get(run.runId))
      deepEqual(untimed(between?.steps), {
        input: 1,
        fast: { status: 'success', payload: 1, output: 2 },
        slow: { status: 'running', payload: 1 },
      })
      gate.open()
      await stage.settle(started)
    },
  },
  {
    id: 'parallel.suspended-over-a-restart',
    shows: ['parallel.survives-restart', 'parallel.resume-one'],
    async play(stage) {
      const { block, calls } = threeMembers()
      const first = await finish(stage, block)
      const second = await elsewhere(stage, first.engine, first.run)
      const half = await stage.settle(second.run.resume({ step: 'p', resumeData: 'P' }))
      deepEqual(suspendedIn(half), [['q']])
      const third = await elsewhere(stage, second.engine, second.run)
      const whole = await stage.settle(third.run.resume({ step: 'q', resumeData: 'Q' }))
      deepEqual(resultOf(whole), { p: 'P', counted: 'once', q: 'Q' })
      deepEqual(calls, ['counted'])
    },
  },
  {
    id: 'parallel.process-lost-in-a-member',
    shows: ['parallel.lost-member'],
    async play(stage) {
      const gate = createGate()
      const calls: string[] = []
      const counted = step('counted', () => {
        calls.push('counted')
        return 'once'
      })
      const held = step('held', async () => {
        await gate.pass()
        return 'held'
      })
      const block = workflow('losing').parallel([counted, held]).commit()
      const first = await begin(stage, block)
      await stage.settle(gate.reached())
      await stage.quiet()
      const second = await elsewhere(stage, first.engine, first.run)
      gate.open()
      await stage.clock.advance(60_000)
      await stage.settle(second.engine.tick())
      const result = await stage.settle(second.run.result())
      deepEqual(resultOf(result), { counted: 'once', held: 'held' })
      deepEqual(calls, ['counted'])
    },
  },
  {
    id: 'parallel.state-of-members',
    shows: ['parallel.state'],
    async play(stage) {
      const gate = createGate()
      const writes = step('writes', async ({ setState }) => {
        await setState({ own: 'writes', shared: 'writes' })
        gate.open()
      })
      const reads = step('reads', async ({ state, setState }) => {
        await gate.pass()
        await setState({ other: state.shared })
        return { ...state }
      })
      const looks = step('looks', ({ state }) => state)
      const block = workflow('stateful').parallel([writes, reads]).then(looks).commit()
      const { result } = await finish(stage, block, { initialState: { shared: 'before' } })
      deepEqual(resultOf(result), { own: 'writes', shared: 'writes', other: 'before' })
    },
  },
]
