import { deepEqual, equal, ok } from 'node:assert/strict'
import { isWorkflowError, type Schema, type StartOptions, type Workflow, type WorkflowErrorCode } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { number } from '../schemas.js'
import type { Stage } from '../stage.js'
import { finish } from './parts/begin.js'
import { checkedStep, checkedWorkflow } from './parts/checked.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { refusalText } from './parts/refusal.js'
import { errorOf, resultOf, statuses } from './parts/told.js'

/** Takes nothing. */
const wrong: Schema = {
  '~standard': {
    version: 1,
    vendor: 'wf-parity-tests',
    validate: () => ({
      issues: [
        { message: 'is no user', path: ['users', { key: 0 }, 'name'] },
        { message: 'is wrong', path: [] },
      ],
    }),
  },
}

const LINES = '\n- users.0.name: is no user\n- is wrong'

/** What a run failed with, without what is said of its place at the end. */
async function failure(stage: Stage, flow: Workflow): Promise<readonly [unknown, string]> {
  const error = errorOf((await finish(stage, flow)).result)
  ok(isWorkflowError(error))
  return [error.code, error.message.replace(/\n\([^\n]*\)$/, '')]
}

const takesContext = { requestContextSchema: { '~standard': wrong['~standard'] } } as const

export const validationTextScenarios: readonly Scenario[] = [
  {
    id: 'validation.texts-of-refused-calls',
    shows: ['validation.leads', 'validation.text'],
    async play(stage) {
      const refuses = async (flow: Workflow, code: WorkflowErrorCode, options: StartOptions = {}) =>
        refusalText(stage, (await (await stage.engine(flow)).createRun(flow)).start(options), code)
      const into = (id: string, schemas: Parameters<typeof checkedWorkflow>[1]) =>
        checkedWorkflow(id, schemas).then(echoes('a')).commit()
      const input = await refuses(into('order-by-input', { inputSchema: wrong }), 'WF_INVALID_INPUT')
      const state = await refuses(into('order-by-state', { stateSchema: wrong }), 'WF_INVALID_STATE')
      const context = await refuses(into('order', takesContext), 'WF_INVALID_REQUEST_CONTEXT')
      const asking = checkedStep('asks', { resumeSchema: wrong }, ({ resumeData, suspend }) => resumeData ?? suspend())
      const { run } = await finish(stage, workflow('asking').then(asking).commit())
      const resume = await refusalText(stage, run.resume({ resumeData: 1 }), 'WF_INVALID_RESUME_DATA')
      deepEqual(
        [input, state, context, resume],
        [
          `Invalid input data: ${LINES}`,
          `Invalid initial data: ${LINES}`,
          `Request context validation failed for workflow 'order': ${LINES}`,
          `Invalid resume data: ${LINES}`,
        ],
      )
    },
  },
  {
    id: 'validation.texts-of-failed-steps',
    shows: ['validation.leads', 'validation.text'],
    async play(stage) {
      const one = (id: string, schemas: Parameters<typeof checkedStep>[1], execute?: Parameters<typeof step>[1]) =>
        checkedWorkflow(id, { options: { validateOutputs: true } })
          .then(checkedStep('a', schemas, execute))
          .commit()
      const ending = checkedWorkflow('ending', { outputSchema: wrong, options: { validateOutputs: true } })
        .then(echoes('a'))
        .commit()
      const sets = one('sets', { stateSchema: wrong }, ({ setState }) => setState({ a: 1 }))
      deepEqual(
        [
          await failure(stage, one('takes', { inputSchema: wrong })),
          await failure(stage, one('knows', takesContext)),
          await failure(
            stage,
            one('suspends', { suspendSchema: wrong }, ({ suspend }) => suspend({ a: 1 })),
          ),
          await failure(stage, sets),
          await failure(stage, one('gives', { outputSchema: wrong })),
          await failure(stage, ending),
        ],
        [
          ['WF_STEP_INPUT_INVALID', `Step input validation failed: ${LINES}`],
          ['WF_STEP_REQUEST_CONTEXT_INVALID', `Step request context validation failed: ${LINES}`],
          ['WF_STEP_SUSPEND_DATA_INVALID', `Step suspend data validation failed: ${LINES}`],
          ['WF_STEP_STATE_INVALID', `Step state data validation failed: ${LINES}`],
          ['WF_STEP_OUTPUT_INVALID', `Step output validation failed: ${LINES}`],
          ['WF_INVALID_OUTPUT', `Invalid output data: ${LINES}`],
        ],
      )
    },
  },
  {
    id: 'validation.context-of-a-nested-workflow',
    shows: ['validation.nested-context', 'validation.inputs-off-nested'],
    async play(stage) {
      const calls: string[] = []
      const counts = step('counts', () => void calls.push('counts'))
      const inner = checkedWorkflow('inner', takesContext).then(counts).commit()
      const { result } = await finish(stage, workflow('outer').then(inner).then(echoes('after')).commit())
      const error = errorOf(result)
      ok(isWorkflowError(error, 'WF_STEP_REQUEST_CONTEXT_INVALID'))
      deepEqual([error.workflowId, error.stepId], ['outer', 'inner'])
      deepEqual(statuses(result), { inner: 'failed' })
      deepEqual(calls, [])
      const trusting = checkedWorkflow('trusting', { ...takesContext, options: { validateInputs: false } })
      const taken = await finish(stage, workflow('outer').then(trusting.then(counts).commit()).commit())
      equal(taken.result.status, 'success')
    },
  },
  {
    id: 'validation.context-of-a-nested-workflow-that-fits',
    shows: ['validation.nested-context', 'validation.step-context'],
    async play(stage) {
      const requestContextSchema: Schema = {
        '~standard': {
          version: 1,
          vendor: 'wf-parity-tests',
          validate: async (value) => {
            const { level } = value as { readonly level?: unknown }
            const checked = await number()['~standard'].validate(level)
            return checked.issues ? checked : { value }
          },
        },
      }
      const sees = step('sees', ({ requestContext }) => Object.fromEntries(requestContext))
      const inner = checkedWorkflow('inner', { requestContextSchema }).then(asks('ask')).then(sees).commit()
      const sets = step('sets', ({ requestContext }) => void requestContext.set('level', 3))
      const { run } = await finish(stage, workflow('outer').then(sets).then(inner).commit())
      const last = await stage.settle(run.resume({ resumeData: 1, requestContext: { other: true } }))
      deepEqual(resultOf(last), { level: 3, other: true })
    },
  },
]
