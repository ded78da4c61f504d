import { deepEqual, equal, ok } from 'node:assert/strict'
import { isWorkflowError } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { adds, echoes, gives, step, workflow } from './parts/loose.js'
import { isBelow } from './parts/sizes.js'
import { errorOf, resultOf, statuses, told, untimed } from './parts/told.js'

export const loopScenarios: readonly Scenario[] = [
  {
    id: 'loop.while-below',
    shows: ['loop.dowhile', 'loop.input', 'loop.record'],
    async play(stage) {
      const counting = workflow('counting').dowhile(adds('more', 2), isBelow(7)).then(echoes('after')).commit()
      const { result } = await finish(stage, counting, { inputData: 2 })
      deepEqual(told(result), {
        status: 'success',
        result: 8,
        input: 2,
        stepExecutionPath: ['after'],
        steps: {
          input: 2,
          more: { status: 'success', payload: 6, output: 8, metadata: { iterationCount: 3 } },
          after: { status: 'success', payload: 8, output: 8 },
        },
      })
    },
  },
  {
    id: 'loop.until-above',
    shows: ['loop.dountil', 'loop.input'],
    async play(stage) {
      const counting = workflow('counting')
        .dountil(adds('more', 2), ({ inputData }) => Number(inputData) > 7)
        .commit()
      equal(resultOf((await finish(stage, counting, { inputData: 2 })).result), 8)
    },
  },
  {
    id: 'loop.once',
    shows: ['loop.at-least-once'],
    async play(stage) {
      const once = workflow('once')
        .dowhile(adds('a', 1), () => false)
        .dountil(adds('b', 1), () => true)
        .commit()
      const { result } = await finish(stage, once, { inputData: 0 })
      equal(resultOf(result), 2)
      deepEqual(untimed(result.steps).b, { status: 'success', payload: 1, output: 2, metadata: { iterationCount: 1 } })
    },
  },
  {
    id: 'loop.counts',
    shows: ['loop.iteration-count', 'loop.condition-input'],
    async play(stage) {
      const seen: unknown[] = []
      const body = step('body', ({ inputData, iterationCount }) => {
        seen.push(['body', iterationCount, inputData])
        return Number(inputData) + 1
      })
      const counted = workflow('counted')
        .then(gives('ten', 10))
        .dountil(body, (context) => {
          const { inputData, iterationCount, retryCount, getStepResult, getInitData } = context
          seen.push(['condition', iterationCount, inputData, retryCount, getStepResult('ten'), getInitData()])
          return iterationCount === 3
        })
        .commit()
      equal(resultOf((await finish(stage, counted, { inputData: 'start' })).result), 13)
      deepEqual(seen, [
        ['body', 1, 10],
        ['condition', 1, 11, -1, 10, 'start'],
        ['body', 2, 11],
        ['condition', 2, 12, -1, 10, 'start'],
        ['body', 3, 12],
        ['condition', 3, 13, -1, 10, 'start'],
      ])
    },
  },
  {
    id: 'loop.truthy-answers',
    shows: ['loop.truthy'],
    async play(stage) {
      const answer = (value: unknown) => value as boolean
      const truthy = workflow('truthy')
        .dowhile(adds('a', 1), async ({ iterationCount }) => answer(iterationCount < 3 ? 'go on' : ''))
        .dountil(adds('b', 1), ({ iterationCount }) => answer(iterationCount < 3 ? 0 : {}))
        .commit()
      equal(resultOf((await finish(stage, truthy, { inputData: 0 })).result), 6)
    },
  },
  {
    id: 'loop.throwing-condition',
    shows: ['loop.condition-throws'],
    async play(stage) {
      let ran = 0
      const body = step('body', () => {
        ran += 1
      })
      const broken = workflow('broken', { retryConfig: { attempts: 2 } })
        .dowhile(body, () => {
          throw new RangeError('out of range')
        })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, broken)
      const error = errorOf(result)
      ok(isWorkflowError(error, 'WF_STEP_FUNCTION'))
      ok(error.message.includes('"loop_0"') && error.message.includes('out of range'), error.message)
      ok(error.cause instanceof RangeError)
      deepEqual(statuses(result), { body: 'success' })
      equal(ran, 1)
    },
  },
  {
    id: 'loop.forty-times',
    shows: ['loop.many', 'loop.record'],
    async play(stage) {
      const long = workflow('long').dowhile(adds('body', 1), isBelow(40)).commit()
      const { result } = await finish(stage, long, { inputData: 0 })
      equal(resultOf(result), 40)
      const { body } = untimed(result.steps)
      deepEqual(body, { status: 'success', payload: 39, output: 40, metadata: { iterationCount: 40 } })
    },
  },
]
