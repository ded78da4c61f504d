import { deepEqual, equal, ok } from 'node:assert/strict'
import { isWorkflowError, RequestContext } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, finish } from './parts/begin.js'
import { echoes, gives, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses } from './parts/told.js'

const _isOver = (limit: number) => (context: { readonly inputData: unknown }) => Number(context.inputData) > limit

export const branchConditionsScenarios: readonly Scenario[] = [
  {
    id: 'branch.conditions-at-once',
    shows: ['branch.conditions-together', 'branch.truthy'],
    async play(stage) {
      const gate = createGate()
      const held = (answer: boolean) => async () => {
        await gate.pass()
        return answer
      }
      const both = workflow('both')
        .branch([
          [held(true), gives('a', 1)],
          [held(false), gives('b', 2)],
        ])
        .commit()
      const { started } = await begin(stage, both)
      await stage.settle(gate.reached(2))
      gate.open()
      deepEqual(resultOf(await stage.settle(started)), { a: 1 })
    },
  },
  {
    id: 'branch.truthy-answers',
    shows: ['branch.truthy'],
    async play(stage) {
      const answer = (value: unknown) => () => value as boolean
      const truthy = workflow('truthy')
        .branch({
          text: [answer('yes'), gives('text', 1)],
          number: [answer(1), gives('number', 1)],
          object: [answer({}), gives('object', 1)],
          empty: [answer(''), gives('empty', 1)],
          zero: [answer(0), gives('zero', 1)],
          nothing: [answer(undefined), gives('nothing', 1)],
        })
        .commit()
      const { result } = await finish(stage, truthy)
      deepEqual(resultOf(result), { text: 1, number: 1, object: 1 })
    },
  },
  {
    id: 'branch.what-conditions-see',
    shows: ['branch.condition-context'],
    async play(stage) {
      const seen: Record<string, unknown>[] = []
      const looking = workflow('looking')
        .then(step('first', async ({ setState }) => setState({ colour: 'red' }).then(() => 7)))
        .branch([
          [
            (context) => {
              const { inputData, state, requestContext, retryCount, workflowId } = context
              const given = { inputData, state, retryCount, workflowId, tenant: requestContext.get('tenant') }
              const results = { init: context.getInitData(), first: context.getStepResult('first') }
              const functions = ['suspend', 'bail', 'setState'].map((name) => typeof Reflect.get(context, name))
              seen.push({ ...given, ...results, functions })
              return false
            },
            gives('a', 1),
          ],
        ])
        .commit()
      const requestContext = new RequestContext().set('tenant', 'acme')
      await finish(stage, looking, { inputData: 'start', requestContext })
      deepEqual(seen, [
        {
          inputData: 7,
          state: { colour: 'red' },
          retryCount: -1,
          workflowId: 'looking',
          tenant: 'acme',
          init: 'start',
          first: 7,
          functions: ['undefined', 'undefined', 'undefined'],
        },
      ])
    },
  },
  {
    id: 'branch.condition-spoils-its-input',
    shows: ['branch.condition-copies'],
    async play(stage) {
      const spoiled = workflow('spoiled')
        .branch([
          [
            ({ inputData }) => {
              ;(inputData as number[]).length = 0
              return true
            },
            echoes('arm'),
          ],
        ])
        .commit()
      const { result } = await finish(stage, spoiled, { inputData: [1, 2] })
      deepEqual(resultOf(result), { arm: [1, 2] })
    },
  },
  {
    id: 'branch.throwing-condition',
    shows: ['branch.condition-throws', 'branch.condition-is-not-retried'],
    async play(stage) {
      let asked = 0
      const broken = workflow('broken', { retryConfig: { attempts: 3 } })
        .then(gives('first', 1))
        .branch([
          [() => true, gives('fine', 1)],
          [
            () => {
              asked += 1
              throw new RangeError('no such size')
            },
            gives('odd', 2),
          ],
        ])
        .commit()
      const { result } = await finish(stage, broken)
      const error = errorOf(result)
      ok(isWorkflowError(error, 'WF_STEP_FUNCTION'))
      ok(error.message.includes('"odd"') && error.message.includes('"broken"'), error.message)
      ok(error.cause instanceof RangeError)
      equal(error.cause.message, 'no such size')
      deepEqual(statuses(result), { first: 'success' })
      equal(asked, 1)
    },
  },
  {
    id: 'branch.conditions-that-set-context',
    shows: ['branch.condition-sets-context'],
    async play(stage) {
      const reads = step('reads', ({ requestContext }) => requestContext.toJSON())
      const setting = workflow('setting')
        .branch({
          reads: [({ requestContext }) => requestContext.set('one', 1).delete('gone'), reads],
          other: [({ requestContext }) => !requestContext.set('two', 2), gives('other', 1)],
        })
        .commit()
      const requestContext = new RequestContext().set('gone', true).set('kept', true)
      const { result } = await finish(stage, setting, { requestContext })
      deepEqual(resultOf(result), { reads: { kept: true, one: 1, two: 2 } })
    },
  },
]
