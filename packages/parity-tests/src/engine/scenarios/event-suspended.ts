import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createStep, createWorkflow, isWorkflowError, type ResumingEvent } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any, fields, transform } from '../schemas.js'
import { elsewhere, finish } from './parts/begin.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { gives, lists, step, workflow } from './parts/loose.js'
import { ended, send, statusOf } from './parts/sending.js'
import { errorOf, resultOf, suspendedIn } from './parts/told.js'

/** Suspends until an event comes or somebody resumes it, and gives what it was resumed with. */
const asksFor = (id: string, waitForEvent: ResumingEvent) =>
  step(id, ({ resumeData, suspend }) =>
    resumeData === undefined ? suspend({ ask: id }, { waitForEvent }) : { resumed: resumeData },
  )

const approved = { event: 'approved' }

export const eventSuspendedScenarios: readonly Scenario[] = [
  {
    id: 'event.resumes-a-step',
    shows: ['event.resumes'],
    async play(stage) {
      const ask = createStep({
        id: 'ask',
        inputSchema: any(),
        outputSchema: any(),
        resumeSchema: transform(({ by }: { by: string }) => ({ by, level: 1 })),
        execute: ({ resumeData, resume, suspend }) =>
          resumeData ? { resumeData, steps: resume?.steps } : suspend(undefined, { waitForEvent: approved }),
      })
      const flow = workflow('order').then(ask).commit()
      const { engine, run, result } = await finish(stage, flow)
      deepEqual(suspendedIn(result), [['ask']])
      await send(stage, engine, { name: 'approved', payload: { by: 'me' } })
      const state = await ended(stage, engine, run)
      deepEqual(state?.result, { resumeData: { by: 'me', level: 1 }, steps: ['ask'] })
    },
  },
  {
    id: 'event.misfits-a-resume-schema',
    shows: ['event.misfit'],
    async play(stage) {
      const ask = createStep({
        id: 'ask',
        inputSchema: any(),
        outputSchema: any(),
        resumeSchema: fields<{ by: string }>({ by: (value) => typeof value === 'string' }),
        execute: ({ suspend }) => suspend(undefined, { waitForEvent: approved }),
      })
      const { engine, run } = await finish(stage, workflow('order').then(ask).commit())
      await send(stage, engine, { name: 'approved', payload: { by: 7 } })
      const state = await ended(stage, engine, run)
      equal(state?.status, 'failed')
      ok(isWorkflowError(state?.error, 'WF_EVENT_INVALID'))
    },
  },
  {
    id: 'event.resumed-by-hand-first',
    shows: ['event.or-resume', 'event.once'],
    async play(stage) {
      const flow = workflow('order').then(asksFor('ask', approved)).commit()
      const { engine, run } = await finish(stage, flow)
      const next = await engine.createRun(flow)
      await stage.settle(next.start())
      await stage.quiet()
      const resumed = await stage.settle(run.resume({ resumeData: 'by hand' }))
      deepEqual(resultOf(resumed), { resumed: 'by hand' })
      await send(stage, engine, { name: 'approved', payload: 'by mail' })
      deepEqual((await ended(stage, engine, next))?.result, { resumed: 'by mail' })
      equal(await statusOf(stage, engine, run), 'success')
    },
  },
  {
    id: 'event.and-a-resume-at-one-moment',
    shows: ['event.or-resume'],
    async play(stage) {
      const calls: unknown[] = []
      const ask = step('ask', ({ resumeData, suspend }) => {
        if (resumeData === undefined) return suspend(undefined, { waitForEvent: approved })
        calls.push(resumeData)
        return resumeData
      })
      const flow = workflow('order').then(ask).commit()
      const { engine, run } = await finish(stage, flow)
      const resumed = run.resume({ resumeData: 'by hand' }).then(
        () => true,
        () => false,
      )
      await stage.settle(engine.sendEvent({ name: 'approved', payload: 'by mail' }))
      const byHand = await stage.settle(resumed)
      await stage.quiet()
      deepEqual(calls, [byHand ? 'by hand' : 'by mail'])
      equal((await ended(stage, engine, run))?.result, byHand ? 'by hand' : 'by mail')
    },
  },
  {
    id: 'event.resumes-each-item',
    shows: ['event.suspended-items'],
    async play(stage) {
      const item = step('item', ({ inputData, resumeData, suspend }) =>
        resumeData === undefined
          ? suspend(undefined, { waitForEvent: { ...approved, key: String(inputData) } })
          : [inputData, resumeData],
      )
      const inner = workflow('inner')
        .then(asksFor('leaf', { ...approved, key: 'leaf' }))
        .commit()
      const flow = workflow('order')
        .then(lists('items', ['a', 'b', 'c']))
        .foreach(item, { concurrency: 3 })
        .parallel([inner, asksFor('beside', { ...approved, key: 'beside' })])
        .commit()
      const { engine, run, result } = await finish(stage, flow)
      equal(result.status, 'suspended')
      for (const key of ['b', 'c', 'a', 'beside', 'leaf'])
        await send(stage, engine, { name: 'approved', key, payload: `ok ${key}` })
      deepEqual((await ended(stage, engine, run))?.result, {
        inner: { resumed: 'ok leaf' },
        beside: { resumed: 'ok beside' },
      })
      const steps = (await ended(stage, engine, run))?.steps as Record<string, { output?: unknown }>
      deepEqual(steps.item?.output, [
        ['a', 'ok a'],
        ['b', 'ok b'],
        ['c', 'ok c'],
      ])
    },
  },
  {
    id: 'event.suspended-and-none-in-time',
    shows: ['event.suspended-timeout'],
    async play(stage) {
      const timed = { ...approved, key: '7', timeoutMs: HOUR }
      for (const onTimeout of ['fail', 'null'] as const) {
        const flow = workflow(`order-${onTimeout}`)
          .then(asksFor('ask', { ...timed, onTimeout }))
          .commit()
        const { engine, run, result } = await finish(stage, flow)
        equal(result.status, 'suspended')
        const there = await elsewhere(stage, engine, run)
        await stage.settle(there.engine.tick()).catch(() => undefined)
        await stage.clock.advance(HOUR + MINUTE)
        if (stage.keepsRuns) await stage.settle(there.engine.tick())
        await stage.quiet()
        const state = await ended(stage, there.engine, run)
        if (onTimeout === 'null') deepEqual(state?.result, { resumed: null })
        else {
          ok(isWorkflowError(state?.error, 'WF_EVENT_TIMEOUT'))
          match(String(state?.error?.message), /step "ask" of workflow "order-fail" .*"approved" with the key "7"/)
        }
      }
    },
  },
  {
    id: 'event.suspended-longer-than-the-workflow-may-run',
    shows: ['event.suspended-time'],
    async play(stage) {
      const inner = workflow('inner').then(asksFor('ask', approved)).commit()
      const flow = createWorkflow({ id: 'order', inputSchema: any(), outputSchema: any(), timeoutMs: 10 * MINUTE })
        .then(gives('before', 1))
        .then(inner)
        .commit()
      const { engine, run } = await finish(stage, flow)
      await stage.clock.advance(HOUR)
      await send(stage, engine, { name: 'approved', payload: 'late enough' })
      deepEqual((await ended(stage, engine, run))?.result, { resumed: 'late enough' })
    },
  },
  {
    id: 'event.nonsense-in-a-body',
    shows: ['event.options'],
    async play(stage) {
      const nonsense = [{ event: '' }, { event: 'x', timeoutMs: -1 }, { event: 'x', key: 7 }, 'x']
      for (const [index, waitForEvent] of nonsense.entries()) {
        const { result } = await finish(
          stage,
          workflow(`order-${index}`)
            .then(asksFor('ask', waitForEvent as never))
            .commit(),
        )
        ok(isWorkflowError(errorOf(result), 'WF_INVALID_OPTION'))
      }
    },
  },
]
