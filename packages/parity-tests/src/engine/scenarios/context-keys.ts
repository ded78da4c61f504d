import { deepEqual, equal, ok } from 'node:assert/strict'
import type { StepContext } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { lists, step, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

interface Keys {
  readonly idempotencyKey: string
  readonly attemptKey: string
}

const keysOf = ({ idempotencyKey, attemptKey }: StepContext): Keys => ({ idempotencyKey, attemptKey })

const distinct = (keys: readonly unknown[]): number => new Set(keys).size

/** A step that notes its keys. */
const noting = <const Id extends string>(id: Id, seen: Keys[]) =>
  step(id, (context) => {
    seen.push(keysOf(context))
    return context.inputData
  })

export const contextKeyScenarios: readonly Scenario[] = [
  {
    id: 'context.keys-over-attempts',
    shows: ['context.idempotency-key', 'context.attempt-key'],
    async play(stage) {
      const seen: Keys[] = []
      const tries = step(
        'tries',
        (context) => {
          seen.push(keysOf(context))
          if (context.retryCount < 2) throw new Error('once more')
        },
        { retries: 2 },
      )
      await finish(stage, workflow('trying').then(tries).commit())
      equal(seen.length, 3)
      equal(distinct(seen.map(({ idempotencyKey }) => idempotencyKey)), 1)
      equal(distinct(seen.map(({ attemptKey }) => attemptKey)), 3)
      for (const { idempotencyKey } of seen) ok(typeof idempotencyKey === 'string' && idempotencyKey.length > 0)
    },
  },
  {
    id: 'context.keys-over-resumes',
    shows: ['context.distinct-keys', 'context.idempotency-key'],
    async play(stage) {
      const seen: Keys[] = []
      const asks = step(
        'asks',
        (context) => {
          seen.push(keysOf(context))
          if (!context.resumeData) return context.suspend()
          if (context.retryCount === 0) throw new Error('once more')
          return 'done'
        },
        { retries: 1 },
      )
      const { engine, run } = await finish(stage, workflow('asking').then(asks).commit())
      const there = await elsewhere(stage, engine, run)
      resultOf(await stage.settle(there.run.resume({ resumeData: true })))
      const [asked, resumed, again] = seen
      equal(seen.length, 3)
      equal(resumed?.idempotencyKey, again?.idempotencyKey)
      equal(distinct([asked?.idempotencyKey, resumed?.idempotencyKey]), 2)
      equal(distinct(seen.map(({ attemptKey }) => attemptKey)), 3)
    },
  },
  {
    id: 'context.keys-of-places',
    shows: ['context.distinct-keys'],
    async play(stage) {
      const seen: Keys[] = []
      const nested = workflow('nested').then(noting('first', seen)).commit()
      const places = workflow('places')
        .then(noting('first', seen))
        .then(nested)
        .dountil(noting('loops', seen), async ({ iterationCount }) => iterationCount >= 3)
        .then(lists('lists', ['a', 'a', 'a']))
        .foreach(noting('each', seen), { concurrency: 2 })
        .parallel([noting('one', seen), noting('two', seen)])
        .map(async (context) => void seen.push(keysOf(context)))
        .commit()
      resultOf((await finish(stage, places)).result)
      equal(seen.length, 11)
      resultOf((await finish(stage, places)).result)
      equal(distinct(seen.map(({ idempotencyKey }) => idempotencyKey)), 22)
      equal(distinct(seen.map(({ attemptKey }) => attemptKey)), 22)
    },
  },
  {
    id: 'context.turns-of-loops-and-items',
    shows: ['context.iteration'],
    async play(stage) {
      const turns: unknown[] = []
      const notes = <const Id extends string>(id: Id) =>
        step(id, ({ inputData, iterationCount, index }) => {
          turns.push([id, iterationCount, index])
          return inputData
        })
      const turning = workflow('turning')
        .dowhile(notes('loops'), async ({ iterationCount }) => iterationCount < 2)
        .then(lists('lists', ['a', 'b']))
        .foreach(notes('each'))
        .then(notes('after'))
        .commit()
      resultOf((await finish(stage, turning)).result)
      deepEqual(turns, [
        ['loops', 1, undefined],
        ['loops', 2, undefined],
        ['each', undefined, 0],
        ['each', undefined, 1],
        ['after', undefined, undefined],
      ])
    },
  },
]
