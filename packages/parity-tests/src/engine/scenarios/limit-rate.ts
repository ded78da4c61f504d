import { deepEqual, equal, ok } from 'node:assert/strict'
import type { WorkflowOptions } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { type Crowd, crowdOn, inOrder, inputsOf, startIn } from './parts/crowd.js'
import { MINUTE } from './parts/hours.js'
import { asks, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

/** A server stamps a start a little before its body runs, and not each body equally late. */
const APART_MS = 2_000
/** What nobody was told of is found after so long. */
const FOUND_MS = 3_000

const apartOn = ({ lateMs = 0, losesHints = false }: Stage): number => APART_MS + lateMs + (losesHints ? FOUND_MS : 0)

/** No more than so many have begun within any period. */
function keepsTo(stage: Stage, { began }: Crowd, limit: number): void {
  for (const [index, { at }] of began.entries()) {
    const before = began[index - limit]
    if (before) ok(at - before.at >= MINUTE - apartOn(stage), `${limit + 1} began within ${at - before.at} ms`)
  }
}

async function runAll(stage: Stage, options: WorkflowOptions, inputs: readonly unknown[]): Promise<Crowd> {
  const crowd = crowdOn(stage)
  const flow = workflow('slow', { options }).then(crowd.works('work', 100)).commit()
  const engine = await stage.engine(flow)
  const started = []
  for (const inputData of inputs) started.push(await startIn(stage, engine, { flow, inputData }))
  for (const [index, { result }] of started.entries()) equal(resultOf(await stage.settle(result)), inputs[index])
  return crowd
}

const keyOf = ({ inputData }: { readonly inputData: unknown }): string => String(inputData).slice(0, 1)

export const limitRateScenarios: readonly Scenario[] = [
  {
    id: 'limit.rate',
    shows: ['limit.rate', 'limit.order'],
    async play(stage) {
      const before = stage.clock.now()
      const crowd = await runAll(stage, { rateLimit: { limit: 2, periodMs: MINUTE } }, [1, 2, 3, 4, 5])
      inOrder(stage, { ...crowd, atOnce: 2 }, [1, 2, 3, 4, 5])
      keepsTo(stage, crowd, 2)
      ok((crowd.began[1]?.at ?? 0) - before < MINUTE + (stage.lateMs ?? 0))
      ok((crowd.began[4]?.at ?? 0) - before < 3 * MINUTE + APART_MS + 2 * (stage.lateMs ?? 0))
    },
  },
  {
    id: 'limit.rate-by-key',
    shows: ['limit.rate', 'limit.key'],
    async play(stage) {
      const before = stage.clock.now()
      const options = { rateLimit: { limit: 1, periodMs: MINUTE, key: keyOf } }
      const crowd = await runAll(stage, options, ['a1', 'a2', 'b1', 'c1'])
      inOrder(stage, { ...crowd, atOnce: 1 }, ['a1', 'b1', 'c1', 'a2'])
      const startOf = (input: string) => (crowd.began.find((one) => one.input === input)?.at ?? 0) - before
      ok(startOf('c1') < MINUTE - APART_MS + (stage.lateMs ?? 0))
      ok(startOf('a2') >= MINUTE - apartOn(stage))
    },
  },
  {
    id: 'limit.rate-and-concurrency',
    shows: ['limit.both', 'limit.rate', 'limit.concurrency'],
    async play(stage) {
      const limits = { concurrency: 1, rateLimit: { limit: 2, periodMs: MINUTE } }
      const crowd = await runAll(stage, limits, [1, 2, 3, 4])
      deepEqual(inputsOf(crowd), [1, 2, 3, 4])
      equal(crowd.most(), 1)
      keepsTo(stage, crowd, 2)
    },
  },
  {
    id: 'limit.rate-and-concurrency-by-other-keys',
    shows: ['limit.both', 'limit.key'],
    async play(stage) {
      const limits = { concurrency: { limit: 1, key: keyOf }, rateLimit: { limit: 2, periodMs: MINUTE } }
      const crowd = await runAll(stage, limits, ['a1', 'a2', 'b1', 'b2', 'a3'])
      equal(crowd.began.length, 5)
      keepsTo(stage, crowd, 2)
    },
  },
  {
    id: 'limit.rate-counts-starts',
    shows: ['limit.rate', 'limit.rest'],
    async play(stage) {
      const flow = workflow('slow', { options: { concurrency: 2, rateLimit: { limit: 1, periodMs: MINUTE } } })
        .then(asks('ask'))
        .commit()
      const engine = await stage.engine(flow)
      const one = await startIn(stage, engine, { flow })
      const other = await startIn(stage, engine, { flow })
      equal((await stage.settle(one.result)).status, 'suspended')
      equal(await stage.settle(other.run.status()), 'waiting')
      const resumed = one.run.resume({ resumeData: 'at once' })
      await stage.quiet()
      equal(await stage.settle(one.run.status()), 'success')
      equal(resultOf(await stage.settle(resumed)), 'at once')
      equal((await stage.settle(other.result)).status, 'suspended')
    },
  },
]
