import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Run, WorkflowResult } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, asks, bails, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told, untimed } from './parts/told.js'

/** Starts a run by one step. */
const oneStep = async (stage: Stage, flow: Parameters<typeof finish>[1], inputData?: unknown) =>
  finish(stage, flow, { inputData, perStep: true })

/** Lets a run go on by one step. */
const next = (stage: Stage, run: Run): Promise<WorkflowResult> => stage.settle(run.resume({ perStep: true }))

/** What each step by itself led to, until the run no longer pauses. */
async function walk(stage: Stage, flow: Parameters<typeof finish>[1], inputData?: unknown) {
  const { run, result } = await oneStep(stage, flow, inputData)
  const results = [result]
  for (let last = result; last.status === 'paused'; ) {
    last = await next(stage, run)
    results.push(last)
  }
  return { run, results, last: results.at(-1) ?? result }
}

/** A step that writes down that it ran. */
const noting = (calls: string[]) => (id: string) =>
  step(id, () => {
    calls.push(id)
    return id
  })

export const stepByStepScenarios: readonly Scenario[] = [
  {
    id: 'step-by-step.three-steps',
    shows: ['step-by-step.pauses', 'step-by-step.continues', 'step-by-step.ends', 'step-by-step.once'],
    async play(stage) {
      const calls: string[] = []
      const note = noting(calls)
      const flow = workflow('walk').then(note('a')).then(note('b')).then(note('c')).commit()
      const { run, result } = await oneStep(stage, flow, 1)
      deepEqual(told(result), {
        status: 'paused',
        input: 1,
        stepExecutionPath: ['a'],
        steps: { input: 1, a: { status: 'success', payload: 1, output: 'a' } },
      })
      deepEqual(calls, ['a'])
      const second = await next(stage, run)
      equal(second.status, 'paused')
      deepEqual(second.stepExecutionPath, ['a', 'b'])
      deepEqual(untimed(second.steps), {
        input: 1,
        a: { status: 'success', payload: 1, output: 'a' },
        b: { status: 'success', payload: 'a', output: 'b' },
      })
      equal(resultOf(await next(stage, run)), 'c')
      deepEqual(calls, ['a', 'b', 'c'])
    },
  },
  {
    id: 'step-by-step.then-all-the-rest',
    shows: ['step-by-step.continues', 'step-by-step.ends'],
    async play(stage) {
      const flow = workflow('rest').then(adds('a', 1)).then(adds('b', 1)).then(adds('c', 1)).commit()
      const { run } = await oneStep(stage, flow, 0)
      equal(resultOf(await stage.settle(run.resume())), 3)
      const alone = await oneStep(stage, workflow('alone').then(adds('a', 1)).commit(), 0)
      equal(resultOf(alone.result), 1)
    },
  },
  {
    id: 'step-by-step.other-ends',
    shows: ['step-by-step.outcomes'],
    async play(stage) {
      const failing = await oneStep(stage, workflow('fails').then(fails('a')).then(echoes('b')).commit())
      equal(errorOf(failing.result).message, 'a fails')
      const bailing = await oneStep(stage, workflow('bails').then(bails('a', 'out')).then(echoes('b')).commit())
      equal(resultOf(bailing.result), 'out')
    },
  },
  {
    id: 'step-by-step.members-of-a-parallel',
    shows: ['step-by-step.parallel', 'step-by-step.once'],
    async play(stage) {
      const calls: string[] = []
      const note = noting(calls)
      const flow = workflow('block')
        .parallel([note('p'), note('q'), note('r')])
        .then(note('after'))
        .commit()
      const { results, last } = await walk(stage, flow)
      deepEqual(
        results.map(({ steps }) => Object.keys(steps)),
        [
          ['input', 'p'],
          ['input', 'p', 'q'],
          ['input', 'p', 'q', 'r'],
          ['input', 'p', 'q', 'r', 'after'],
        ],
      )
      deepEqual(
        results.map(({ status }) => status),
        ['paused', 'paused', 'paused', 'success'],
      )
      deepEqual(calls, ['p', 'q', 'r', 'after'])
      equal(resultOf(last), 'after')
    },
  },
  {
    id: 'step-by-step.arms-of-a-branch',
    shows: ['step-by-step.branch', 'step-by-step.once'],
    async play(stage) {
      const calls: string[] = []
      const note = noting(calls)
      const asked = (id: string, answer: boolean) => () => {
        calls.push(`${id}?`)
        return answer
      }
      const flow = workflow('arms')
        .then(note('first'))
        .branch([
          [asked('p', true), note('p')],
          [asked('q', false), note('q')],
          [asked('r', true), note('r')],
        ])
        .commit()
      const { results, last } = await walk(stage, flow)
      equal(results.length, 3)
      deepEqual(calls, ['first', 'p?', 'q?', 'r?', 'p', 'r'])
      deepEqual(resultOf(last), { p: 'p', r: 'r' })
    },
  },
  {
    id: 'step-by-step.inside-a-nested-workflow',
    shows: ['step-by-step.nested', 'step-by-step.container'],
    async play(stage) {
      const inner = workflow('inner').then(gives('i1', 1)).then(adds('i2', 1)).commit()
      const flow = workflow('outer').then(inner).then(adds('after', 1)).commit()
      const { results, last } = await walk(stage, flow)
      deepEqual(results.map(statuses), [
        { inner: 'paused' },
        { inner: 'success' },
        { inner: 'success', after: 'success' },
      ])
      equal(resultOf(last), 3)
    },
  },
  {
    id: 'step-by-step.iterations-and-items',
    shows: ['step-by-step.loops'],
    async play(stage) {
      const seen: unknown[] = []
      const each = step('each', ({ inputData }) => {
        seen.push(inputData)
        return inputData
      })
      const items = await walk(
        stage,
        workflow('items')
          .then(lists('list', [1, 2, 3]))
          .foreach(each, { concurrency: 3 })
          .commit(),
      )
      equal(items.results.length, 4)
      deepEqual(seen, [1, 2, 3])
      deepEqual(resultOf(items.last), [1, 2, 3])
      const loop = await walk(
        stage,
        workflow('loop')
          .dountil(adds('more', 1), ({ inputData }) => Number(inputData) >= 3)
          .commit(),
        0,
      )
      equal(loop.results.length, 4)
      equal(resultOf(loop.last), 3)
    },
  },
  {
    id: 'step-by-step.a-map-and-a-sleep',
    shows: ['step-by-step.map-and-sleep'],
    async play(stage) {
      const flow = workflow('mixed')
        .map(({ inputData }) => [inputData], { id: 'wrap' })
        .sleep(1_000, { id: 'nap' })
        .then(echoes('last'))
        .commit()
      const { results, last } = await walk(stage, flow, 'x')
      deepEqual(results.map(statuses), [
        { wrap: 'success' },
        { wrap: 'success', nap: 'success' },
        { wrap: 'success', nap: 'success', last: 'success' },
      ])
      deepEqual(resultOf(last), ['x'])
    },
  },
  {
    id: 'step-by-step.a-step-that-is-retried',
    shows: ['step-by-step.retries'],
    async play(stage) {
      let attempts = 0
      const flaky = step(
        'flaky',
        () => {
          attempts += 1
          if (attempts < 3) throw new Error('not yet')
          return attempts
        },
        { retries: 2 },
      )
      const { result } = await oneStep(stage, workflow('flaky').then(flaky).then(echoes('after')).commit())
      equal(result.status, 'paused')
      deepEqual(statuses(result), { flaky: 'success' })
      equal(attempts, 3)
    },
  },
  {
    id: 'step-by-step.a-step-that-asks',
    shows: ['step-by-step.suspends'],
    async play(stage) {
      const flow = workflow('asking').then(asks('wait')).then(echoes('b')).then(echoes('c')).commit()
      const { run, result } = await oneStep(stage, flow)
      equal(result.status, 'suspended')
      const resumed = await stage.settle(run.resume({ resumeData: 'go', perStep: true }))
      equal(resumed.status, 'paused')
      deepEqual(statuses(resumed), { wait: 'success' })
      equal(resultOf(await stage.settle(run.resume())), 'go')
    },
  },
  {
    id: 'step-by-step.elsewhere',
    shows: ['step-by-step.elsewhere'],
    async play(stage) {
      const { run, engine, result } = await oneStep(
        stage,
        workflow('moves').then(adds('a', 1)).then(adds('b', 1)).commit(),
        0,
      )
      const there = await elsewhere(stage, engine, run)
      equal(await stage.settle(there.run.status()), 'paused')
      deepEqual(await stage.settle(there.run.result()), result)
      deepEqual(await stage.settle(there.run.start({ onConflict: 'attach' })), result)
      const { runs } = await stage.settle(there.engine.runs.list({ status: ['paused'] }))
      deepEqual(
        runs.map(({ runId }) => runId),
        [run.runId],
      )
      equal(resultOf(await next(stage, there.run)), 2)
    },
  },
  {
    id: 'step-by-step.for-minutes',
    shows: ['step-by-step.quiet'],
    async play(stage) {
      const flow = workflow('patient').then(echoes('a')).then(echoes('b')).commit()
      const { run, engine, started } = await begin(stage, flow, { perStep: true })
      equal((await stage.settle(started)).status, 'paused')
      await stage.clock.advance(5 * 60_000)
      equal(await stage.settle(engine.tick()), 0)
      equal(await stage.settle(run.status()), 'paused')
      ok((await next(stage, run)).status === 'success')
    },
  },
]
