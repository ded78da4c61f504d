import { deepEqual, equal } from 'node:assert/strict'
import type { StepContext } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { asks, step, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

/** Gives all that the request context holds. */
const looks = <const Id extends string>(id: Id) => step(id, ({ requestContext }) => Object.fromEntries(requestContext))

const changes = <const Id extends string>(id: Id, change: (context: StepContext['requestContext']) => unknown) =>
  step(id, ({ requestContext }) => void change(requestContext))

export const contextRequestScenarios: readonly Scenario[] = [
  {
    id: 'context.request-context-of-later-steps',
    shows: ['context.request-context'],
    async play(stage) {
      const changing = workflow('changing')
        .then(changes('changes', (context) => context.set('step', { list: [1] }).set('user', 'you')))
        .then(asks('asks'))
        .then(looks('looks'))
        .commit()
      const { engine, run } = await finish(stage, changing, { requestContext: { user: 'me', when: new Date(1) } })
      const there = await elsewhere(stage, engine, run)
      const result = await stage.settle(there.run.resume({ resumeData: 1 }))
      deepEqual(resultOf(result), { user: 'you', when: new Date(1), step: { list: [1] } })
    },
  },
  {
    id: 'context.request-context-of-conditions',
    shows: ['context.request-context'],
    async play(stage) {
      const changing = workflow('changing')
        .branch([
          [async ({ requestContext }) => Boolean(requestContext.set('condition', 1)), looks('arm')],
          [async ({ requestContext }) => Boolean(requestContext.set('other', 2)), looks('other-arm')],
        ])
        .commit()
      const all = { condition: 1, other: 2 }
      deepEqual(resultOf((await finish(stage, changing)).result), { arm: all, 'other-arm': all })
    },
  },
  {
    id: 'context.request-context-without-a-key',
    shows: ['context.request-context-deleted'],
    async play(stage) {
      const changing = workflow('changing')
        .then(changes('deletes', (context) => context.delete('user')))
        .then(asks('asks'))
        .then(looks('sees'))
        .then(changes('clears', (context) => context.set('new', 1).clear()))
        .then(looks('sees-nothing'))
        .then(step('both', ({ getStepResult }) => [getStepResult('sees'), getStepResult('sees-nothing')]))
        .commit()
      const { engine, run } = await finish(stage, changing, { requestContext: { user: 'me', kept: 1 } })
      const there = await elsewhere(stage, engine, run)
      deepEqual(resultOf(await stage.settle(there.run.resume({ resumeData: 1 }))), [{ kept: 1 }, {}])
    },
  },
  {
    id: 'context.request-context-of-a-failed-attempt',
    shows: ['context.request-context-failed'],
    async play(stage) {
      const seen: unknown[] = []
      const tries = step(
        'tries',
        ({ requestContext, retryCount }) => {
          seen.push(Object.fromEntries(requestContext))
          requestContext.set('attempt', retryCount)
          requestContext.delete('user')
          if (retryCount === 0) {
            requestContext.set('failed', true)
            throw new Error('once more')
          }
        },
        { retries: 1 },
      )
      const { result } = await finish(stage, workflow('trying').then(tries).then(looks('looks')).commit(), {
        requestContext: { user: 'me' },
      })
      deepEqual(seen, [{ user: 'me' }, { user: 'me' }])
      deepEqual(resultOf(result), { attempt: 1 })
    },
  },
  {
    id: 'context.request-context-of-members',
    shows: ['context.request-context-members'],
    async play(stage) {
      const changing = workflow('changing')
        .parallel([
          changes('a', (context) => context.set('a', 1)),
          changes('b', (context) => context.set('b', 2)),
          changes('c', (context) => context.delete('user')),
        ])
        .then(looks('looks'))
        .commit()
      const { result } = await finish(stage, changing, { requestContext: { user: 'me' } })
      deepEqual(resultOf(result), { a: 1, b: 2 })
    },
  },
  {
    id: 'context.request-context-of-nested-workflows',
    shows: ['context.request-context-nested'],
    async play(stage) {
      const inner = workflow('inner')
        .then(looks('sees'))
        .then(changes('changes', (context) => context.set('inner', 2)))
        .then(step('gives', ({ getStepResult }) => getStepResult('sees')))
        .commit()
      const outer = workflow('outer')
        .then(changes('changes', (context) => context.set('outer', 1)))
        .then(inner)
        .then(step('both', ({ inputData, requestContext }) => [inputData, Object.fromEntries(requestContext)]))
        .commit()
      const { result } = await finish(stage, outer)
      deepEqual(resultOf(result), [{ outer: 1 }, { outer: 1, inner: 2 }])
      equal(result.status, 'success')
    },
  },
]
