import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createWorkflow, type RetryConfig, type WorkflowOptions } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import { policed } from './parts/attempts.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { asks, echoes, gives, step, workflow } from './parts/loose.js'
import { withCode } from './parts/refused.js'
import { errorOf, resultOf, statuses } from './parts/told.js'
import { until } from './parts/until.js'

const MINUTE = 60_000
const DAY = 86_400_000

/** A workflow that may take ten minutes. */
const limited = <const Id extends string>(
  id: Id,
  config: { readonly retryConfig?: RetryConfig; readonly options?: WorkflowOptions } = {},
) => createWorkflow({ id, inputSchema: any(), outputSchema: any(), timeoutMs: 10 * MINUTE, ...config })

/** A step that never returns and notes why it was aborted. */
const hanging = <const Id extends string>(id: Id, reasons: unknown[]) =>
  step(id, ({ abortSignal }) => {
    abortSignal.addEventListener('abort', () => reasons.push(abortSignal.reason))
    return new Promise(() => undefined)
  })

export const timeoutRunScenarios: readonly Scenario[] = [
  {
    id: 'timeout.run-that-hangs',
    shows: ['timeout.run', 'timeout.run-signal', 'timeout.run-not-retried'],
    async play(stage) {
      const reasons: unknown[] = []
      const hanged = limited('hanged', { retryConfig: { attempts: 3 } })
        .then(gives('quick', 1))
        .then(hanging('hangs', reasons))
        .commit()
      const begunAt = stage.clock.now()
      const { result } = await finish(stage, hanged)
      const error = withCode(errorOf(result), 'WF_TIMEOUT')
      match(error.message, /"hanged".*600000 ms/)
      equal(error.workflowId, 'hanged')
      deepEqual(statuses(result), { quick: 'success', hangs: 'canceled' })
      ok(stage.clock.now() - begunAt >= 10 * MINUTE)
      await until(stage, () => reasons.length > 0)
      deepEqual(reasons, ['timeout'])
    },
  },
  {
    id: 'timeout.run-that-sleeps',
    shows: ['timeout.run-counts'],
    async play(stage) {
      const sleeps = limited('sleeps').then(gives('quick', 1)).sleep(DAY, { id: 'nap' }).then(echoes('after')).commit()
      const { result } = await finish(stage, sleeps)
      withCode(errorOf(result), 'WF_TIMEOUT')
      deepEqual(statuses(result), { quick: 'success', nap: 'canceled' })
      const naps = limited('naps')
        .sleep(9 * MINUTE)
        .then(gives('after', 1))
        .commit()
      equal(resultOf((await finish(stage, naps)).result), 1)
    },
  },
  {
    id: 'timeout.run-that-waits-for-a-retry',
    shows: ['timeout.run-counts'],
    async play(stage) {
      let tried = 0
      const fails = policed('fails', { retry: { attempts: 5, delayMs: 7 * MINUTE } }, () => {
        tried += 1
        throw new Error('again')
      })
      const { result } = await finish(stage, limited('retries').then(fails).commit())
      withCode(errorOf(result), 'WF_TIMEOUT')
      equal(tried, 2)
    },
  },
  {
    id: 'timeout.run-that-is-suspended',
    shows: ['timeout.run-suspended'],
    async play(stage) {
      const asking = limited('asking')
        .sleep(4 * MINUTE)
        .then(asks('asks'))
        .sleep(4 * MINUTE)
        .then(asks('again'))
        .commit()
      const { engine, run } = await finish(stage, asking)
      await stage.clock.advance(DAY)
      const there = await elsewhere(stage, engine, run)
      equal((await stage.settle(there.run.resume({ resumeData: 1 }))).status, 'suspended')
      await stage.clock.advance(DAY)
      equal((await stage.settle(there.run.resume({ resumeData: 2 }))).status, 'success')
    },
  },
  {
    id: 'timeout.run-that-was-suspended-too-late',
    shows: ['timeout.run-suspended', 'timeout.run-counts'],
    async play(stage) {
      const asking = limited('asking')
        .sleep(6 * MINUTE)
        .then(asks('asks'))
        .sleep(6 * MINUTE, { id: 'nap' })
        .commit()
      const { run } = await finish(stage, asking)
      await stage.clock.advance(DAY)
      const resumedAt = stage.clock.now()
      const result = await stage.settle(run.resume({ resumeData: 1 }))
      withCode(errorOf(result), 'WF_TIMEOUT')
      const took = stage.clock.now() - resumedAt
      ok(took > 3 * MINUTE && took < 6 * MINUTE, `it took ${took} ms`)
    },
  },
  {
    id: 'timeout.run-in-another-process',
    shows: ['timeout.run-restart'],
    async play(stage) {
      const gate = createGate()
      const opens = step('opens', () => gate.pass())
      const slept = limited('slept').then(opens).sleep(DAY).commit()
      const { engine, run } = await begin(stage, slept)
      await stage.settle(gate.reached())
      gate.open()
      await stage.quiet()
      await stage.clock.advance(9 * MINUTE)
      const there = await elsewhere(stage, engine, run)
      const takenUpAt = stage.clock.now()
      withCode(errorOf(await stage.settle(there.run.result())), 'WF_TIMEOUT')
      ok(stage.clock.now() - takenUpAt < 9 * MINUTE)
    },
  },
  {
    id: 'timeout.run-that-has-ended',
    shows: ['timeout.ended'],
    async play(stage) {
      const { run, result } = await finish(stage, limited('quick').then(gives('gives', 1)).commit())
      equal(resultOf(result), 1)
      await stage.clock.advance(DAY)
      await stage.quiet()
      equal(resultOf(await stage.settle(run.result())), 1)
    },
  },
  {
    id: 'timeout.nested-workflow-that-hangs',
    shows: ['timeout.nested', 'timeout.run-signal'],
    async play(stage) {
      const reasons: unknown[] = []
      const inner = limited('inner').then(hanging('hangs', reasons)).commit()
      const outer = workflow('outer')
        .parallel([inner, gives('other', 1)], { allowFailure: true })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, outer)
      deepEqual(resultOf(result), { inner: null, other: 1 })
      const { inner: record } = result.steps as Record<string, { readonly status: string; readonly error?: unknown }>
      equal(record?.status, 'failed')
      match(withCode(record?.error, 'WF_TIMEOUT').message, /"inner"/)
      await until(stage, () => reasons.length > 0)
      deepEqual(reasons, ['timeout'])
    },
  },
  {
    id: 'timeout.nested-workflow-that-hangs-in-a-row',
    shows: ['timeout.nested'],
    async play(stage) {
      const inner = limited('inner').sleep(DAY).commit()
      const { result } = await finish(stage, workflow('outer').then(inner).then(echoes('after')).commit())
      match(withCode(errorOf(result), 'WF_TIMEOUT').message, /"inner"/)
      deepEqual(statuses(result), { inner: 'failed' })
    },
  },
  {
    id: 'timeout.nested-workflow-that-is-suspended',
    shows: ['timeout.nested-suspended'],
    async play(stage) {
      const inner = limited('inner')
        .sleep(6 * MINUTE)
        .then(asks('asks'))
        .sleep(3 * MINUTE)
        .commit()
      const slow = workflow('slow').sleep(DAY).commit()
      const outer = workflow('outer').parallel([inner, slow]).commit()
      const { run } = await finish(stage, outer)
      deepEqual((await stage.settle(run.resume({ resumeData: 1 }))).status, 'success')
    },
  },
  {
    id: 'timeout.run-around-nested-workflows',
    shows: ['timeout.around', 'timeout.run-signal'],
    async play(stage) {
      const reasons: unknown[] = []
      const inner = workflow('inner').then(hanging('hangs', reasons)).commit()
      const { result } = await finish(stage, limited('outer').then(inner).commit())
      match(withCode(errorOf(result), 'WF_TIMEOUT').message, /"outer"/)
      deepEqual(statuses(result), { inner: 'canceled' })
      await until(stage, () => reasons.length > 0)
      deepEqual(reasons, ['timeout'])
    },
  },
  {
    id: 'timeout.callbacks-of-a-run',
    shows: ['timeout.callbacks'],
    async play(stage) {
      const called: unknown[] = []
      const options: WorkflowOptions = {
        onFinish: ({ status }) => void called.push(['onFinish', status]),
        onError: ({ status, error }) => void called.push(['onError', status, withCode(error, 'WF_TIMEOUT').workflowId]),
      }
      const { result } = await finish(stage, limited('limited', { options }).sleep(DAY).commit())
      equal(result.status, 'failed')
      deepEqual(called, [
        ['onFinish', 'failed'],
        ['onError', 'failed', 'limited'],
      ])
    },
  },
]
