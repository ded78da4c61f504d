import { deepEqual, equal, match } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { fields, number, transform } from '../schemas.js'
import { finish } from './parts/begin.js'
import { checkedStep, checkedWorkflow } from './parts/checked.js'
import { bails, echoes, gives, step, workflow } from './parts/loose.js'
import { withCode } from './parts/refused.js'
import { errorOf, resultOf, statuses } from './parts/told.js'

const nothing = fields<{ never: never }>({ never: () => false })

/** A step of which nothing fits, and which does everything that is checked. */
const misfit = checkedStep(
  'misfit',
  {
    inputSchema: nothing,
    resumeSchema: nothing,
    suspendSchema: nothing,
    stateSchema: nothing,
    requestContextSchema: nothing,
  },
  async ({ inputData, resumeData, suspend, setState }) => {
    await setState({ set: true })
    return resumeData ? [inputData, resumeData] : suspend('payload')
  },
)

export const validationOptionsScenarios: readonly Scenario[] = [
  {
    id: 'validation.switched-off',
    shows: ['validation.inputs-off'],
    async play(stage) {
      const lax = checkedWorkflow('lax', {
        inputSchema: nothing,
        stateSchema: nothing,
        requestContextSchema: nothing,
        options: { validateInputs: false },
      })
        .then(misfit)
        .commit()
      const { run, result } = await finish(stage, lax, { inputData: 'in', initialState: { a: 1 } as never })
      deepEqual(result.status === 'suspended' && result.suspendPayload, { misfit: 'payload' })
      const ended = await stage.settle(run.resume({ resumeData: 'on', outputOptions: { includeState: true } }))
      deepEqual(resultOf(ended), ['in', 'on'])
      deepEqual(ended.state, { a: 1, set: true })
    },
  },
  {
    id: 'validation.switched-off-around',
    shows: ['validation.inputs-off'],
    async play(stage) {
      const inner = checkedWorkflow('inner', { inputSchema: nothing }).then(misfit).commit()
      const lax = workflow('lax', { options: { validateInputs: false } })
        .then(inner)
        .commit()
      const { run } = await finish(stage, lax, { inputData: 'in' })
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 'on' }))), ['in', 'on'])
    },
  },
  {
    id: 'validation.switched-off-inside',
    shows: ['validation.inputs-off-nested'],
    async play(stage) {
      const options = { validateInputs: false }
      const inner = checkedWorkflow('inner', { inputSchema: nothing, options }).then(misfit).commit()
      const strict = workflow('strict')
        .then(inner)
        .then(checkedStep('counts', { inputSchema: number() }))
        .commit()
      const { run } = await finish(stage, strict, { inputData: 'in' })
      const result = await stage.settle(run.resume({ resumeData: 'on' }))
      withCode(errorOf(result), 'WF_STEP_INPUT_INVALID')
      deepEqual(statuses(result), { inner: 'success', counts: 'failed' })
    },
  },
  {
    id: 'validation.outputs-of-steps',
    shows: ['validation.step-output', 'validation.not-retried'],
    async play(stage) {
      let ran = 0
      const wrong = checkedStep('wrong', { outputSchema: number(), retries: 2 }, () => {
        ran += 1
        return 'text'
      })
      const strict = workflow('strict', { options: { validateOutputs: true } })
        .then(wrong)
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, strict)
      const error = withCode(errorOf(result), 'WF_STEP_OUTPUT_INVALID')
      match(error.message, /^Step output validation failed: \n- expected a number, got string/)
      deepEqual([error.workflowId, error.stepId], ['strict', 'wrong'])
      deepEqual(statuses(result), { wrong: 'failed' })
      equal(ran, 1)
    },
  },
  {
    id: 'validation.outputs-of-steps-parsed',
    shows: ['validation.parsed-output'],
    async play(stage) {
      const outputSchema = transform<number, number>((value) => value * 2)
      const doubled = checkedStep('doubled', { outputSchema }, () => 4)
      const strict = workflow('strict', { options: { validateOutputs: true } })
        .then(doubled)
        .then(echoes('after'))
        .commit()
      equal(resultOf((await finish(stage, strict)).result), 8)
    },
  },
  {
    id: 'validation.outputs-not-given',
    shows: ['validation.step-output'],
    async play(stage) {
      const asks = checkedStep(
        'asks',
        { outputSchema: number() },
        ({ resumeData, suspend }) => resumeData ?? suspend('?'),
      )
      const strict = workflow('strict', { options: { validateOutputs: true } })
        .then(asks)
        .commit()
      const { run, result } = await finish(stage, strict)
      equal(result.status, 'suspended')
      equal(resultOf(await stage.settle(run.resume({ resumeData: 3 }))), 3)
    },
  },
  {
    id: 'validation.result-of-a-run',
    shows: ['validation.run-output'],
    async play(stage) {
      const options = { validateOutputs: true }
      const strict = checkedWorkflow('strict', { outputSchema: number(), options })
        .parallel([gives('a', 1), gives('b', 2)])
        .commit()
      const { result } = await finish(stage, strict)
      const error = withCode(errorOf(result), 'WF_INVALID_OUTPUT')
      match(error.message, /^Invalid output data: \n- expected a number, got object/)
      deepEqual(statuses(result), { a: 'success', b: 'success' })
      const lax = checkedWorkflow('lax', { outputSchema: number() }).then(gives('a', 'text')).commit()
      equal(resultOf((await finish(stage, lax)).result), 'text')
    },
  },
  {
    id: 'validation.result-of-a-run-parsed',
    shows: ['validation.parsed-output', 'validation.run-output'],
    async play(stage) {
      const outputSchema = transform<number, number>((value) => value * 2)
      const options = { validateOutputs: true }
      const doubled = checkedWorkflow('doubled', { outputSchema, options }).then(gives('gives', 4)).commit()
      equal(resultOf((await finish(stage, doubled)).result), 8)
      const bailed = checkedWorkflow('bailed', { outputSchema, options }).then(bails('bails', 5)).commit()
      equal(resultOf((await finish(stage, bailed)).result), 10)
    },
  },
  {
    id: 'validation.result-of-a-nested-workflow',
    shows: ['validation.run-output', 'validation.parsed-output'],
    async play(stage) {
      const options = { validateOutputs: true }
      const outputSchema = fields<{ a: number }>({ a: (value) => typeof value === 'number' })
      const inner = (value: unknown) =>
        checkedWorkflow('inner', { outputSchema, options }).then(gives('gives', value)).commit()
      const right = workflow('right')
        .then(inner({ a: 1, b: 2 }))
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, right)
      deepEqual(resultOf(result), { a: 1 })
      const after = step('after', () => 'not reached')
      const wrong = workflow('wrong')
        .then(inner({ b: 2 }))
        .then(after)
        .commit()
      const { result: failure } = await finish(stage, wrong)
      const error = withCode(errorOf(failure), 'WF_INVALID_OUTPUT')
      equal(error.workflowId, 'inner')
      deepEqual(statuses(failure), { inner: 'failed' })
    },
  },
]
