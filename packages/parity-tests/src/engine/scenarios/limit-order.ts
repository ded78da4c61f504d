import { deepEqual, equal, ok } from 'node:assert/strict'
import type { WorkflowOptions } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { crowdOn, inputsOf, startIn } from './parts/crowd.js'
import { HOUR } from './parts/hours.js'
import { step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { resultOf } from './parts/told.js'

/** A workflow of which one run is under way at once. */
function oneByOne(stage: Stage, options: WorkflowOptions = {}) {
  const crowd = crowdOn(stage)
  const flow = workflow('one-by-one', { options: { concurrency: 1, ...options } })
    .then(crowd.works('work'))
    .commit()
  return { crowd, flow }
}

export const limitOrderScenarios: readonly Scenario[] = [
  {
    id: 'limit.priority-of-starts',
    shows: ['limit.priority', 'limit.order'],
    async play(stage) {
      const { crowd, flow } = oneByOne(stage)
      const engine = await stage.engine(flow)
      const started = []
      for (const [inputData, priority] of [
        ['first', 0],
        ['a', 0],
        ['low', -1],
        ['high', 5.5],
        ['b', 0],
        ['high too', 5.5],
      ] as const)
        started.push(await startIn(stage, engine, { flow, inputData, priority }))
      for (const { result } of started) resultOf(await stage.settle(result))
      deepEqual(inputsOf(crowd), ['first', 'high', 'high too', 'a', 'b', 'low'])
    },
  },
  {
    id: 'limit.priority-of-workflow',
    shows: ['limit.priority'],
    async play(stage) {
      const { crowd, flow } = oneByOne(stage, { priority: ({ inputData }) => Number(inputData) })
      const engine = await stage.engine(flow)
      const started = []
      for (const inputData of [9, 1, 3, 2]) started.push(await startIn(stage, engine, { flow, inputData }))
      started.push(await startIn(stage, engine, { flow, inputData: 0, priority: 2.5 }))
      for (const { result } of started) resultOf(await stage.settle(result))
      deepEqual(inputsOf(crowd), [9, 3, 0, 2, 1])
    },
  },
  {
    id: 'limit.canceled-while-it-waits',
    shows: ['limit.cancel', 'limit.end'],
    async play(stage) {
      const { crowd, flow } = oneByOne(stage)
      const engine = await stage.engine(flow)
      const started = []
      for (const inputData of [1, 2, 3]) started.push(await startIn(stage, engine, { flow, inputData }))
      const [one, waiting, last] = started
      ok(one && waiting && last)
      equal(await stage.settle(waiting.run.cancel()), 'canceled')
      equal((await stage.settle(waiting.result)).status, 'canceled')
      equal(await stage.settle(one.run.status()), 'running')
      equal(await stage.settle(one.run.cancel()), 'canceled')
      equal(resultOf(await stage.settle(last.result)), 3)
      deepEqual(inputsOf(crowd), [1, 3])
    },
  },
  {
    id: 'limit.later-takes-no-place',
    shows: ['limit.later'],
    async play(stage) {
      const { crowd, flow } = oneByOne(stage)
      const engine = await stage.engine(flow)
      const later = await startIn(stage, engine, { flow, inputData: 'later', startAfterMs: HOUR })
      const now = await startIn(stage, engine, { flow, inputData: 'now' })
      equal(resultOf(await stage.settle(now.result)), 'now')
      equal(resultOf(await stage.settle(later.result)), 'later')
      deepEqual(inputsOf(crowd), ['now', 'later'])
    },
  },
  {
    id: 'limit.refused-by-its-callback',
    shows: ['limit.end', 'limit.waiting'],
    async play(stage) {
      const refuses = ({ getInitData }: { getInitData(): unknown }): void => {
        if (getInitData() === 'bad') throw new Error('not today')
      }
      const { crowd, flow } = oneByOne(stage, { onStart: refuses })
      const engine = await stage.engine(flow)
      const started = []
      for (const inputData of ['first', 'bad', 'last']) started.push(await startIn(stage, engine, { flow, inputData }))
      const [first, bad, last] = started
      ok(first && bad && last)
      equal(resultOf(await stage.settle(first.result)), 'first')
      const error = await stage.settle(
        bad.result.then(
          () => undefined,
          (thrown: unknown) => thrown,
        ),
      )
      ok(error instanceof Error && error.message.includes('not today'))
      equal(resultOf(await stage.settle(last.result)), 'last')
      equal(resultOf(await stage.settle(bad.run.start({ inputData: 'good' }))), 'good')
      deepEqual(inputsOf(crowd), ['first', 'last', 'good'])
    },
  },
  {
    id: 'limit.travels',
    shows: ['limit.travel'],
    async play(stage) {
      const { crowd, flow } = oneByOne(stage)
      const engine = await stage.engine(flow)
      const ended = await startIn(stage, engine, { flow, inputData: 'ended' })
      equal(resultOf(await stage.settle(ended.result)), 'ended')
      const other = await startIn(stage, engine, { flow, inputData: 'other' })
      const again = ended.run.timeTravel({ step: 'work', inputData: 'again' })
      await stage.quiet()
      const fresh = await stage.settle(engine.createRun(flow))
      const travels = fresh.timeTravel({ step: 'work', inputData: 'fresh' })
      await stage.quiet()
      equal(await stage.settle(ended.run.status()), 'waiting')
      equal(resultOf(await stage.settle(other.result)), 'other')
      equal(resultOf(await stage.settle(again)), 'again')
      equal(resultOf(await stage.settle(travels)), 'fresh')
      equal(crowd.most(), 1)
      deepEqual(inputsOf(crowd), ['ended', 'other', 'again', 'fresh'])
    },
  },
  {
    id: 'limit.nested',
    shows: ['limit.nested'],
    async play(stage) {
      const { crowd, flow } = oneByOne(stage)
      const outer = workflow('outer').then(flow).commit()
      const engine = await stage.engine([outer, flow])
      const starts = [1, 2, 3].map(async (inputData) => (await engine.createRun(outer)).start({ inputData }))
      deepEqual((await stage.settle(Promise.all(starts))).map(resultOf), [1, 2, 3])
      equal(crowd.most(), 3)
    },
  },
  {
    id: 'limit.why',
    shows: ['limit.why'],
    async play(stage) {
      const { flow } = oneByOne(stage)
      const engine = await stage.engine(flow)
      const started = []
      for (const inputData of [1, 2, 3]) started.push(await startIn(stage, engine, { flow, inputData }))
      const whys = []
      for (const { run } of started) whys.push(await stage.settle(engine.runs.why(run.runId)))
      deepEqual(
        whys.slice(1).map(({ status, waitsFor }) => [status, waitsFor]),
        [1, 2].map((place) => ['waiting', [{ kind: 'limit', step: [], gate: 'slots:one-by-one:', place }]]),
      )
      ok(whys[2]?.text.includes('limit'), whys[2]?.text)
      for (const { result } of started) resultOf(await stage.settle(result))
    },
  },
  {
    id: 'limit.refused',
    shows: ['limit.refused'],
    async play(stage) {
      const wrong: readonly (readonly [string, unknown])[] = [
        ['options.concurrency', 0],
        ['options.concurrency', 1.5],
        ['options.concurrency', 'two'],
        ['options.concurrency.limit', {}],
        ['options.concurrency.key', { limit: 1, key: 'tenant' }],
        ['options.rateLimit', 5],
        ['options.rateLimit.limit', { periodMs: 5 }],
        ['options.rateLimit.periodMs', { limit: 5 }],
        ['options.rateLimit.periodMs', { limit: 5, periodMs: 0 }],
        ['options.rateLimit.key', { limit: 5, periodMs: 5, key: 7 }],
        ['options.priority', Number.NaN],
        ['options.priority', 'high'],
      ]
      for (const [field, value] of wrong) {
        const options: Record<string, unknown> = { [field.split('.')[1] ?? '']: value }
        const made = (async () => void workflow('wrong', { options }))()
        equal((await refusal(stage, made, 'WF_INVALID_OPTION')).field, field)
      }
      const { flow } = oneByOne(stage)
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      for (const priority of [Number.NaN, Number.POSITIVE_INFINITY, 'high' as unknown as number])
        equal((await refusal(stage, run.start({ priority }), 'WF_INVALID_OPTION')).field, 'priority')
      equal(resultOf(await stage.settle(run.start({ inputData: 'fine' }))), 'fine')
    },
  },
  {
    id: 'limit.functions-that-will-not-do',
    shows: ['limit.functions'],
    async play(stage) {
      const throws = (): never => {
        throw new Error('no key today')
      }
      const gives = (value: unknown) => () => value as never
      const wrong: readonly (readonly [string, WorkflowOptions])[] = [
        ['options.concurrency.key', { concurrency: { limit: 1, key: throws } }],
        ['options.concurrency.key', { concurrency: { limit: 1, key: gives(7) } }],
        ['options.concurrency.key', { concurrency: { limit: 1, key: gives(Promise.resolve('late')) } }],
        ['options.rateLimit.key', { rateLimit: { limit: 1, periodMs: 1, key: gives(undefined) } }],
        ['options.priority', { concurrency: 1, priority: throws }],
        ['options.priority', { concurrency: 1, priority: gives(Number.NaN) }],
      ]
      let ran = 0
      const works = step('work', () => {
        ran += 1
      })
      for (const [at, [field, options]] of wrong.entries()) {
        const flow = workflow(`wrong-${at}`, { options }).then(works).commit()
        const engine = await stage.engine(flow)
        const run = await engine.createRun(flow)
        const error = await refusal(stage, run.start(), 'WF_INVALID_OPTION')
        deepEqual([error.field, error.workflowId], [field, `wrong-${at}`])
        equal(await stage.settle(run.status()), 'pending')
      }
      equal(ran, 0)
    },
  },
]
