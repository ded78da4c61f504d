import { deepEqual, equal } from 'node:assert/strict'
import type { RetryConfig, Workflow } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { gaps, near, policed, unlucky } from './parts/attempts.js'
import { finish } from './parts/begin.js'
import { step, workflow } from './parts/loose.js'
import { errorOf, resultOf, untimed } from './parts/told.js'

const MINUTE = 60_000

/** The gaps between the attempts of a step that fails often, under a policy of the step or of its workflow. */
async function gapsUnder(
  stage: Stage,
  policy: Parameters<typeof unlucky>[2],
  ofWorkflow: RetryConfig & { readonly random?: number } = {},
): Promise<readonly number[]> {
  const { random = 0, ...retryConfig } = ofWorkflow
  const { tries, attempts } = unlucky(stage, Number.POSITIVE_INFINITY, policy)
  const trying: Workflow = workflow('trying', { retryConfig }).then(tries).commit()
  const engine = await stage.engine(trying, { random: () => random })
  const run = await engine.createRun(trying)
  errorOf(await stage.settle(run.start()))
  await stage.settle(engine.close())
  return gaps(attempts)
}

export const retryPolicyScenarios: readonly Scenario[] = [
  {
    id: 'retry.until-it-succeeds',
    shows: ['retry.success', 'retry.attempts', 'retry.at-once'],
    async play(stage) {
      const { tries, attempts } = unlucky(stage, 2, { retries: 5 })
      const { result } = await finish(stage, workflow('trying').then(tries).commit(), { inputData: 1 })
      equal(attempts.at.length, 3)
      deepEqual(untimed(result.steps), {
        input: 1,
        tries: { status: 'success', payload: 1, output: 'success 3' },
      })
    },
  },
  {
    id: 'retry.until-none-is-left',
    shows: ['retry.attempts'],
    async play(stage) {
      const { tries, attempts } = unlucky(stage, 9, { retries: 2 })
      const { result } = await finish(stage, workflow('trying').then(tries).commit())
      equal(errorOf(result).message, 'failure 3')
      equal(attempts.at.length, 3)
      const none = unlucky(stage, 9)
      equal(errorOf((await finish(stage, workflow('once').then(none.tries).commit())).result).message, 'failure 1')
    },
  },
  {
    id: 'retry.policy-of-the-workflow',
    shows: ['retry.workflow-policy', 'retry.delay'],
    async play(stage) {
      near(await gapsUnder(stage, {}, { attempts: 2, delay: MINUTE }), [MINUTE, MINUTE])
    },
  },
  {
    id: 'retry.count-of-the-step',
    shows: ['retry.step-count'],
    async play(stage) {
      const ofWorkflow = { attempts: 3, delay: MINUTE, factor: 2 }
      near(await gapsUnder(stage, { retries: 2 }, ofWorkflow), [MINUTE, 2 * MINUTE])
      near(await gapsUnder(stage, { retries: 0 }, ofWorkflow), [])
    },
  },
  {
    id: 'retry.policy-of-the-step',
    shows: ['retry.step-policy'],
    async play(stage) {
      const ofWorkflow = { attempts: 5, delay: MINUTE, factor: 3, jitter: 1, random: 1 }
      near(await gapsUnder(stage, { retry: { attempts: 2, delayMs: 2 * MINUTE } }, ofWorkflow), [
        2 * MINUTE,
        2 * MINUTE,
      ])
      near(await gapsUnder(stage, { retry: { attempts: 1 } }, ofWorkflow), [0])
    },
  },
  {
    id: 'retry.growing-delays',
    shows: ['retry.factor', 'retry.max-delay'],
    async play(stage) {
      const growing = { attempts: 4, delayMs: MINUTE, factor: 3 }
      near(await gapsUnder(stage, { retry: growing }), [MINUTE, 3 * MINUTE, 9 * MINUTE, 27 * MINUTE])
      const capped = { ...growing, maxDelayMs: 5 * MINUTE }
      near(await gapsUnder(stage, { retry: capped }), [MINUTE, 3 * MINUTE, 5 * MINUTE, 5 * MINUTE])
      const ofWorkflow = { attempts: 3, delay: MINUTE, factor: 2, maxDelay: 3 * MINUTE }
      near(await gapsUnder(stage, {}, ofWorkflow), [MINUTE, 2 * MINUTE, 3 * MINUTE])
    },
  },
  {
    id: 'retry.chance',
    shows: ['retry.jitter'],
    async play(stage) {
      const retry = { attempts: 2, delayMs: 10 * MINUTE, factor: 2, jitter: 0.5 }
      near(await gapsUnder(stage, { retry }, { random: 0 }), [10 * MINUTE, 20 * MINUTE])
      near(await gapsUnder(stage, { retry }, { random: 0.5 }), [7.5 * MINUTE, 15 * MINUTE])
      near(await gapsUnder(stage, { retry }, { random: 1 }), [5 * MINUTE, 10 * MINUTE])
      near(await gapsUnder(stage, {}, { attempts: 1, delay: 10 * MINUTE, jitter: 1, random: 0.9 }), [MINUTE])
    },
  },
  {
    id: 'retry.delay-after-a-slow-attempt',
    shows: ['retry.delay'],
    async play(stage) {
      const begun: number[] = []
      const slow = policed('slow', { retry: { attempts: 1, delayMs: MINUTE } }, async () => {
        begun.push(stage.clock.now())
        await new Promise<void>((resolve) => stage.clock.after(5 * MINUTE, resolve))
        throw new Error('too slow')
      })
      errorOf((await finish(stage, workflow('slowly').then(slow).commit())).result)
      near([Number(begun[1]) - Number(begun[0])], [6 * MINUTE])
    },
  },
  {
    id: 'retry.policies-of-nested-workflows',
    shows: ['retry.nested-policy'],
    async play(stage) {
      let tried = 0
      const fails = <const Id extends string>(id: Id) =>
        step(id, () => {
          tried += 1
          throw new Error('again')
        })
      const inner = workflow('inner', { retryConfig: { attempts: 1 } })
        .then(fails('inside'))
        .commit()
      const outer = workflow('outer', { retryConfig: { attempts: 4 } })
        .then(inner)
        .commit()
      errorOf((await finish(stage, outer)).result)
      equal(tried, 2)
      const plain = workflow('plain').then(fails('inside')).commit()
      errorOf(
        (
          await finish(
            stage,
            workflow('around', { retryConfig: { attempts: 4 } })
              .then(plain)
              .commit(),
          )
        ).result,
      )
      equal(tried, 3)
    },
  },
  {
    id: 'retry.steps-in-a-row',
    shows: ['retry.later-steps', 'retry.workflow-policy'],
    async play(stage) {
      const counts: string[] = []
      const failsOnce = <const Id extends string>(id: Id) =>
        step(id, ({ retryCount }) => {
          counts.push(`${id}${retryCount}`)
          if (retryCount === 0) throw new Error('once more')
          return id
        })
      const row = workflow('row', { retryConfig: { attempts: 1 } })
        .then(failsOnce('a'))
        .then(failsOnce('b'))
        .commit()
      equal(resultOf((await finish(stage, row)).result), 'b')
      deepEqual(counts, ['a0', 'a1', 'b0', 'b1'])
    },
  },
]
