import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createWorkflow } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import type { Stage } from '../stage.js'
import { gaps, policed, unlucky } from './parts/attempts.js'
import { finish } from './parts/begin.js'
import { step, workflow } from './parts/loose.js'
import { withCode } from './parts/refused.js'
import { errorOf, resultOf } from './parts/told.js'

const pause = (stage: Stage, ms: number): Promise<void> =>
  new Promise((resolve) => {
    stage.clock.after(ms, resolve)
  })

/** No attempt began before its delay was over, and no delay was taken for none. */
const notEarly = (actual: readonly number[], promised: readonly number[]): void =>
  ok(
    actual.length === promised.length && promised.every((ms, index) => Number(actual[index]) >= ms),
    `expected at least ${promised.join(', ')} ms, got ${actual.join(', ')}`,
  )

export const subSecondScenarios: readonly Scenario[] = [
  {
    id: 'retry.to-the-millisecond',
    shows: ['retry.sub-second', 'retry.delay'],
    async play(stage) {
      const own = unlucky(stage, 3, { retry: { attempts: 3, delayMs: 1, factor: 30 } })
      await finish(stage, workflow('own').then(own.tries).commit())
      notEarly(gaps(own.attempts), [1, 30, 900])
      const common = unlucky(stage, 2)
      const retryConfig = { attempts: 2, delay: 250 }
      await finish(stage, workflow('common', { retryConfig }).then(common.tries).commit())
      notEarly(gaps(common.attempts), [250, 250])
    },
  },
  {
    id: 'timeout.to-the-millisecond',
    shows: ['timeout.sub-second', 'timeout.in-time'],
    async play(stage) {
      const lasting = (ms: number) =>
        policed('lasting', { timeoutMs: 250 }, async () => {
          await pause(stage, ms)
          return ms
        })
      const quick = await finish(stage, workflow('quick').then(lasting(200)).commit())
      equal(resultOf(quick.result), 200)
      const slow = await finish(stage, workflow('slow').then(lasting(10_000)).commit())
      match(withCode(errorOf(slow.result), 'WF_TIMEOUT').message, /\b250 ms/)
    },
  },
  {
    id: 'timeout.run-to-the-millisecond',
    shows: ['timeout.sub-second', 'timeout.run'],
    async play(stage) {
      const flow = (ms: number) =>
        createWorkflow({ id: 'limited', inputSchema: any(), outputSchema: any(), timeoutMs: 5_750 })
          .sleep(ms)
          .then(step('after', () => 'in time'))
          .commit()
      deepEqual(resultOf((await finish(stage, flow(5))).result), 'in time')
      const { result } = await finish(stage, flow(60_000))
      match(withCode(errorOf(result), 'WF_TIMEOUT').message, /\b5750 ms/)
    },
  },
]
