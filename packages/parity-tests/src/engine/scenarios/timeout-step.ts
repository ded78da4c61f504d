import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { policed } from './parts/attempts.js'
import { finish } from './parts/begin.js'
import { echoes, lists, step, workflow } from './parts/loose.js'
import { withCode } from './parts/refused.js'
import { errorOf, resultOf, statuses } from './parts/told.js'

const MINUTE = 60_000
const DAY = 86_400_000

const never = (): Promise<never> => new Promise(() => undefined)

const pause = (stage: Stage, ms: number): Promise<void> =>
  new Promise((resolve) => {
    stage.clock.after(ms, resolve)
  })

export const timeoutStepScenarios: readonly Scenario[] = [
  {
    id: 'timeout.body-that-hangs',
    shows: ['timeout.step', 'timeout.step-signal'],
    async play(stage) {
      const reasons: unknown[] = []
      const hangs = policed('hangs', { timeoutMs: MINUTE }, ({ abortSignal }) => {
        abortSignal.addEventListener('abort', () => reasons.push(abortSignal.reason))
        return never()
      })
      const begunAt = stage.clock.now()
      const { result } = await finish(stage, workflow('hanging').then(hangs).then(echoes('after')).commit())
      const error = withCode(errorOf(result), 'WF_TIMEOUT')
      match(error.message, /"hangs".*60000 ms/)
      deepEqual([error.workflowId, error.stepId], ['hanging', 'hangs'])
      deepEqual(statuses(result), { hangs: 'failed' })
      deepEqual(reasons, ['timeout'])
      ok(stage.clock.now() - begunAt >= MINUTE)
    },
  },
  {
    id: 'timeout.body-that-returns-late',
    shows: ['timeout.late'],
    async play(stage) {
      const gate = createGate()
      const late = policed('late', { timeoutMs: MINUTE }, async ({ abort, requestContext, setState }) => {
        await gate.pass()
        abort()
        await setState({ late: true })
        requestContext.set('late', true)
        return 'late'
      })
      const after = step('after', async ({ inputData, requestContext }) => {
        gate.open()
        await stage.quiet()
        return [inputData, requestContext.has('late')]
      })
      const both = workflow('both').parallel([late], { allowFailure: true }).then(after).then(echoes('end')).commit()
      const { run, result } = await finish(stage, both, { outputOptions: { includeState: true } })
      deepEqual(resultOf(result), [{ late: null }, false])
      deepEqual(result.state, {})
      await stage.quiet()
      deepEqual(resultOf(await stage.settle(run.result())), [{ late: null }, false])
    },
  },
  {
    id: 'timeout.body-that-throws-late',
    shows: ['timeout.late'],
    async play(stage) {
      const gate = createGate()
      const late = policed('late', { timeoutMs: MINUTE }, async () => {
        await gate.pass()
        throw new Error('late')
      })
      const { run, result } = await finish(stage, workflow('throwing').then(late).commit())
      withCode(errorOf(result), 'WF_TIMEOUT')
      gate.open()
      await stage.quiet()
      withCode(errorOf(await stage.settle(run.result())), 'WF_TIMEOUT')
    },
  },
  {
    id: 'timeout.body-in-time',
    shows: ['timeout.in-time'],
    async play(stage) {
      let aborted = false
      const quick = policed('quick', { timeoutMs: 10 * MINUTE }, async ({ abortSignal }) => {
        abortSignal.addEventListener('abort', () => {
          aborted = true
        })
        await pause(stage, MINUTE)
        return 'done'
      })
      const { result } = await finish(stage, workflow('quickly').then(quick).sleep(DAY).commit())
      equal(resultOf(result), 'done')
      equal(aborted, false)
    },
  },
  {
    id: 'timeout.tried-again',
    shows: ['timeout.retried'],
    async play(stage) {
      const begun: number[] = []
      const reasons: unknown[] = []
      const slow = policed('slow', { timeoutMs: 10 * MINUTE, retries: 2 }, async ({ abortSignal, retryCount }) => {
        begun.push(stage.clock.now())
        abortSignal.addEventListener('abort', () => reasons.push(abortSignal.reason))
        if (retryCount < 2) return never()
        await pause(stage, 9 * MINUTE)
        return 'done'
      })
      const { result } = await finish(stage, workflow('slowly').then(slow).commit())
      equal(resultOf(result), 'done')
      deepEqual(reasons, ['timeout', 'timeout'])
      const [first = 0, second = 0, third = 0] = begun
      ok(second - first >= 10 * MINUTE && third - second >= 10 * MINUTE)
      const hopeless = policed('hopeless', { timeoutMs: MINUTE, retries: 1 }, never)
      withCode(errorOf((await finish(stage, workflow('hopelessly').then(hopeless).commit())).result), 'WF_TIMEOUT')
    },
  },
  {
    id: 'timeout.step-that-is-suspended',
    shows: ['timeout.suspended'],
    async play(stage) {
      const asks = policed('asks', { timeoutMs: 10 * MINUTE }, async ({ resumeData, suspend }) => {
        await pause(stage, 9 * MINUTE)
        return resumeData === 2 ? 'done' : suspend()
      })
      const { run } = await finish(stage, workflow('asking').then(asks).commit())
      for (const resumeData of [1, 2]) {
        await stage.clock.advance(DAY)
        equal(await stage.settle(run.status()), 'suspended')
        const result = await stage.settle(run.resume({ resumeData }))
        equal(result.status, resumeData === 2 ? 'success' : 'suspended')
      }
    },
  },
  {
    id: 'timeout.one-of-the-items',
    shows: ['timeout.item'],
    async play(stage) {
      let ended = 0
      const each = policed('each', { timeoutMs: 10 * MINUTE }, async ({ index }) => {
        if (index === 1) return never()
        await pause(stage, 9 * MINUTE)
        ended += 1
        return index
      })
      const list = workflow('list')
        .then(lists('lists', ['a', 'b', 'c']))
        .foreach(each, { concurrency: 3 })
        .commit()
      withCode(errorOf((await finish(stage, list)).result), 'WF_TIMEOUT')
      equal(ended, 2)
    },
  },
  {
    id: 'timeout.one-of-the-members',
    shows: ['timeout.member'],
    async play(stage) {
      const hangs = policed('hangs', { timeoutMs: MINUTE }, never)
      const slow = step('slow', async () => {
        await pause(stage, 5 * MINUTE)
        return 'slow'
      })
      const strict = workflow('strict').parallel([hangs, slow]).commit()
      const { result } = await finish(stage, strict)
      withCode(errorOf(result), 'WF_TIMEOUT')
      deepEqual(statuses(result), { hangs: 'failed', slow: 'success' })
      const lax = workflow('lax').parallel([hangs, slow], { allowFailure: true }).commit()
      deepEqual(resultOf((await finish(stage, lax)).result), { hangs: null, slow: 'slow' })
    },
  },
]
