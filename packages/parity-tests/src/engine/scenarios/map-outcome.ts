import { deepEqual, equal, ok } from 'node:assert/strict'
import { createStep, isWorkflowError } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any, number } from '../schemas.js'
import { elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, gives, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, suspendedIn, told } from './parts/told.js'

const _person = gives('person', { name: 'Ada', born: { year: 1815 }, languages: ['en', 'fr'] })

export const mapOutcomeScenarios: readonly Scenario[] = [
  {
    id: 'map.throwing-function',
    shows: ['map.throws', 'map.record'],
    async play(stage) {
      const broken = workflow('broken')
        .map(() => {
          throw new RangeError('too far')
        })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, broken)
      const error = errorOf(result)
      ok(isWorkflowError(error, 'WF_STEP_FUNCTION'))
      for (const part of ['"mapping_broken_0"', '"broken"', 'too far']) ok(error.message.includes(part), error.message)
      ok(error.cause instanceof RangeError)
      deepEqual(statuses(result), { mapping_broken_0: 'failed' })
    },
  },
  {
    id: 'map.throwing-source',
    shows: ['map.throws'],
    async play(stage) {
      const rejects = async () => Promise.reject(new Error('no answer'))
      const { result } = await finish(
        stage,
        workflow('w')
          .map({ a: { fn: rejects } }, { id: 'asks' })
          .commit(),
      )
      const error = errorOf(result)
      ok(error.message.includes('"asks"') && error.message.includes('no answer'), error.message)
    },
  },
  {
    id: 'map.retried',
    shows: ['map.retries'],
    async play(stage) {
      const seen: unknown[] = []
      const patient = workflow('patient', { retryConfig: { attempts: 2 } })
        .map(({ retryCount }) => {
          seen.push(retryCount)
          if (retryCount < 2) throw new Error('not yet')
          return 'now'
        })
        .commit()
      equal(resultOf((await finish(stage, patient)).result), 'now')
      deepEqual(seen, [0, 1, 2])
    },
  },
  {
    id: 'map.wrong-for-the-next-step',
    shows: ['map.not-checked'],
    async play(stage) {
      const strict = createStep({ id: 'strict', inputSchema: number(), outputSchema: any(), execute: () => 1 })
      const wrong = workflow('wrong')
        .map(() => 'no number' as unknown as number)
        .then(strict)
        .commit()
      const { result } = await finish(stage, wrong)
      ok(isWorkflowError(errorOf(result), 'WF_STEP_INPUT_INVALID'))
      deepEqual(statuses(result), { mapping_wrong_0: 'success', strict: 'failed' })
    },
  },
  {
    id: 'map.suspending-function',
    shows: ['map.suspends'],
    async play(stage) {
      const asking = workflow('asking')
        .map(({ resumeData, suspend }) => resumeData ?? suspend({ ask: 'map' }), { id: 'question' })
        .then(adds('one', 1))
        .commit()
      const { run, result } = await finish(stage, asking)
      deepEqual(suspendedIn(result), [['question']])
      equal(resultOf(await stage.settle(run.resume({ step: 'question', resumeData: 1 }))), 2)
    },
  },
  {
    id: 'map.before-a-suspended-step',
    shows: ['map.resumed-behind'],
    async play(stage) {
      let made = 0
      const mapped = workflow('mapped')
        .map(({ inputData }) => {
          made += 1
          return { mapped: inputData }
        })
        .then(step('ask', ({ inputData, resumeData, suspend }) => (resumeData ? inputData : suspend())))
        .then(asks('again'))
        .commit()
      const first = await finish(stage, mapped, { inputData: 1 })
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.resume({ resumeData: true }))
      deepEqual(told(result).steps, {
        input: 1,
        mapping_mapped_0: { status: 'success', payload: 1, output: { mapped: 1 } },
        ask: { status: 'success', payload: { mapped: 1 }, resumePayload: true, output: { mapped: 1 } },
        again: { status: 'suspended', payload: { mapped: 1 }, suspendPayload: { ask: 'again' } },
      })
      equal(made, 1)
    },
  },
]
