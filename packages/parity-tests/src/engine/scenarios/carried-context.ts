import { deepEqual, equal } from 'node:assert/strict'
import { RequestContext, type StepContext } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { fields, transform } from '../schemas.js'
import { policed } from './parts/attempts.js'
import { elsewhere, finish } from './parts/begin.js'
import { changes, held, looks } from './parts/carrying.js'
import { checkedWorkflow } from './parts/checked.js'
import { over } from './parts/items.js'
import { asks, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { errorOf, resultOf, suspendedIn } from './parts/told.js'

const isText = (value: unknown): boolean => typeof value === 'string'

/** Does something to the request context before it suspends; resumed, it gives all that is in it. */
const changesAndAsks = <const Id extends string>(id: Id, change: (context: StepContext['requestContext']) => unknown) =>
  step(id, ({ requestContext, resumeData, suspend }) => {
    if (resumeData !== undefined) return held(requestContext)
    change(requestContext)
    return suspend()
  })

export const carriedContextScenarios: readonly Scenario[] = [
  {
    id: 'carried-context.every-attempt-has-a-copy',
    shows: ['carried-context.copy'],
    async play(stage) {
      const given = new RequestContext({ user: 'me', list: [1] })
      const seen = new Set<unknown>([given])
      const tries = policed('tries', { retries: 1 }, ({ requestContext, retryCount }) => {
        seen.add(requestContext)
        requestContext.set('user', `attempt ${retryCount}`)
        if (retryCount === 0) throw new Error('once more')
      })
      const flow = workflow('flow').then(tries).then(looks('looks')).commit()
      const { result } = await finish(stage, flow, { requestContext: given })
      deepEqual(resultOf(result), { user: 'attempt 1', list: [1] })
      equal(seen.size, 3)
      deepEqual(given.toJSON(), { user: 'me', list: [1] })
    },
  },
  {
    id: 'carried-context.set-replaced-and-deleted',
    shows: ['carried-context.sequence'],
    async play(stage) {
      const flow = workflow('flow')
        .then(changes('changes', (context) => context.set('new', new Map([[1, 2]])).set('user', undefined)))
        .then(changes('deletes', (context) => context.delete('old')))
        .then(changes('sets-back', (context) => [context.delete('back'), context.set('back', 2)]))
        .then(looks('looks'))
        .commit()
      const { result } = await finish(stage, flow, { requestContext: { user: 'me', old: 1, back: 1 } })
      deepEqual(resultOf(result), { user: undefined, back: 2, new: new Map([[1, 2]]) })
    },
  },
  {
    id: 'carried-context.of-a-step-that-fails',
    shows: ['carried-context.failed'],
    async play(stage) {
      const told: unknown[] = []
      const options = {
        onError: ({ requestContext }: Pick<StepContext, 'requestContext'>) => void told.push(held(requestContext)),
      }
      const breaks = policed('breaks', { retries: 1 }, ({ requestContext }) => {
        told.push(held(requestContext))
        requestContext.set('broken', true)
        requestContext.delete('user')
        throw new Error('no further')
      })
      const flow = workflow('flow', { options })
        .then(changes('changes', (context) => context.set('kept', 1)))
        .then(breaks)
        .commit()
      const { result } = await finish(stage, flow, { requestContext: { user: 'me' } })
      equal(errorOf(result).message, 'no further')
      deepEqual(told, Array(3).fill({ user: 'me', kept: 1 }))
    },
  },
  {
    id: 'carried-context.of-items-and-iterations',
    shows: ['carried-context.turns'],
    async play(stage) {
      const counts = step('counts', ({ requestContext }) => {
        const before = Number(requestContext.get('count') ?? 0)
        requestContext.set('count', before + 1)
        return before
      })
      const items = over('items').foreach(counts).commit()
      deepEqual(resultOf((await finish(stage, items, { inputData: ['a', 'b', 'c'] })).result), [0, 1, 2])
      const loop = workflow('loop')
        .dowhile(counts, async ({ requestContext }) => Number(requestContext.get('count')) < 3)
        .then(looks('looks'))
        .commit()
      deepEqual(resultOf((await finish(stage, loop)).result), { count: 3 })
    },
  },
  {
    id: 'carried-context.changed-before-a-suspension',
    shows: ['carried-context.suspended', 'carried-context.stays-deleted'],
    async play(stage) {
      const change = (context: StepContext['requestContext']) => [
        context.set('asked', new Date(1)),
        context.delete('old'),
      ]
      const flow = workflow('flow').then(changesAndAsks('asks', change)).commit()
      const { engine, run } = await finish(stage, flow, { requestContext: { user: 'me', old: 1 } })
      const there = await elsewhere(stage, engine, run)
      const end = await stage.settle(there.run.resume({ resumeData: 1 }))
      deepEqual(resultOf(end), { user: 'me', asked: new Date(1) })
    },
  },
  {
    id: 'carried-context.caller-of-a-resume-wins',
    shows: ['carried-context.resume-wins', 'carried-context.stays-deleted'],
    async play(stage) {
      const flow = workflow('flow')
        .then(
          changes('changes', (context) => [
            context.set('step', 1),
            context.set('both', 'step'),
            context.delete('gone'),
          ]),
        )
        .then(asks('asks'))
        .then(looks('looks'))
        .commit()
      const start = { user: 'me', locale: 'en', gone: true, both: 'start' }
      const { engine, run } = await finish(stage, flow, { requestContext: start })
      const there = await elsewhere(stage, engine, run)
      const given = new RequestContext({ user: 'you', both: 'resume', more: [1] })
      const end = await stage.settle(there.run.resume({ resumeData: 1, requestContext: given }))
      deepEqual(resultOf(end), { user: 'you', locale: 'en', step: 1, both: 'resume', more: [1] })
    },
  },
  {
    id: 'carried-context.resumed-body-sees-what-its-caller-gives',
    shows: ['carried-context.resume-wins', 'carried-context.given-again'],
    async play(stage) {
      const change = (context: StepContext['requestContext']) => [context.set('by', 'step'), context.delete('user')]
      const flow = workflow('flow').then(changesAndAsks('asks', change)).then(looks('looks')).commit()
      const { run } = await finish(stage, flow, { requestContext: { user: 'me' } })
      const requestContext = { by: 'caller', user: 'you', nothing: undefined }
      const end = await stage.settle(run.resume({ resumeData: 1, requestContext }))
      const { asks } = end.steps as Record<string, { readonly output?: unknown }>
      deepEqual(asks?.output, requestContext)
      deepEqual(resultOf(end), requestContext)
    },
  },
  {
    id: 'carried-context.over-several-resumes',
    shows: ['carried-context.stays-deleted', 'carried-context.given-again'],
    async play(stage) {
      const flow = workflow('flow')
        .then(changes('deletes', (context) => context.delete('user')))
        .then(asks('first'))
        .then(changes('deletes-again', (context) => context.delete('token')))
        .then(asks('second'))
        .then(looks('looks'))
        .commit()
      const first = await finish(stage, flow, { requestContext: { user: 'me', kept: 1 } })
      const second = await elsewhere(stage, first.engine, first.run)
      await stage.settle(second.run.resume({ resumeData: 1, requestContext: { token: 't', added: 2 } }))
      const third = await elsewhere(stage, second.engine, second.run)
      const end = await stage.settle(third.run.resume({ resumeData: 2 }))
      deepEqual(resultOf(end), { kept: 1, added: 2 })
    },
  },
  {
    id: 'carried-context.of-members-over-a-suspension',
    shows: ['carried-context.members'],
    async play(stage) {
      const block = workflow('block')
        .parallel([
          changes('ends', (context) => [context.set('ended', 1), context.delete('old')]),
          changesAndAsks('asks', (context) => context.set('asked', 2)),
        ])
        .then(looks('looks'))
        .commit()
      const { engine, run, result } = await finish(stage, block, { requestContext: { user: 'me', old: 1 } })
      deepEqual(suspendedIn(result), [['asks']])
      const there = await elsewhere(stage, engine, run)
      const end = await stage.settle(there.run.resume({ resumeData: 1, requestContext: { given: 3 } }))
      deepEqual(resultOf(end), { user: 'me', ended: 1, asked: 2, given: 3 })
    },
  },
  {
    id: 'carried-context.later-member-wins',
    shows: ['carried-context.later-wins', 'carried-context.members'],
    async play(stage) {
      const gate = createGate()
      const early = workflow('early')
        .then(
          changes('sets', (context) => [
            context.set('winner', 'early'),
            context.set('early', 1),
            context.delete('old'),
          ]),
        )
        .then(step('opens', () => gate.open()))
        .commit()
      const late = step('late', async ({ requestContext }) => {
        await gate.pass()
        requestContext.set('winner', 'late')
        requestContext.set('late', 2)
      })
      const block = workflow('block').parallel([late, early]).then(looks('looks')).commit()
      const { result } = await finish(stage, block, { requestContext: { winner: 'nobody', old: 1 } })
      deepEqual(resultOf(result), { winner: 'late', early: 1, late: 2 })
    },
  },
  {
    id: 'carried-context.given-later',
    shows: ['carried-context.checked-again'],
    async play(stage) {
      const plan = transform(({ plan, ...rest }: { plan?: string }) => ({
        ...rest,
        plan: (plan ?? 'free').toUpperCase(),
      }))
      const user = fields<{ user: string; plan?: string }>({
        user: isText,
        plan: (value) => value === undefined || isText(value),
      })
      const flow = checkedWorkflow('checked', { requestContextSchema: user })
        .then(asks('ask'))
        .then(looks('look'))
        .commit()
      const { run } = await finish(stage, flow, { requestContext: { user: 'Ada' } })
      await refusal(stage, run.resume({ resumeData: 1, requestContext: { plan: 7 } }), 'WF_INVALID_REQUEST_CONTEXT')
      equal(await run.status(), 'suspended')
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 1, requestContext: { plan: 'paid' } }))), {
        user: 'Ada',
        plan: 'paid',
      })
      await refusal(stage, run.timeTravel({ step: 'look', requestContext: { user: 1 } }), 'WF_INVALID_REQUEST_CONTEXT')
      const changing = checkedWorkflow('changing', { requestContextSchema: plan })
        .then(asks('ask'))
        .then(looks('look'))
        .commit()
      const other = await finish(stage, changing, { requestContext: {} })
      deepEqual(resultOf(await stage.settle(other.run.resume({ resumeData: 1, requestContext: { plan: 'paid' } }))), {
        plan: 'PAID',
      })
    },
  },
]
