import type { Workflow } from '../builder/workflow.js'
import type { Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import { readOnce } from '../driver/read-once.js'
import { readObject } from '../driver/scene.js'
import { validate } from '../driver/validate.js'
import { type ErrorPlace, holds, plainIssue, WorkflowError } from '../errors/index.js'
import { askRun, findRun } from './find-run.js'
import type { GivenContext } from './start-options.js'

/** What a caller gave, after schemas have been through it. */
export interface Accepted {
  readonly input: unknown
  readonly state: Readonly<Record<string, unknown>>
  readonly context: Readonly<Record<string, unknown>>
}

interface Given {
  readonly inputData?: unknown
  readonly initialState?: unknown
  readonly requestContext?: GivenContext
}

/** Checks everything that a start brings, in the order input, state, request context. Rejects with the first misfit. */
export async function acceptStart(workflow: Workflow, runId: string, given: Given): Promise<Accepted> {
  const about = { workflowId: workflow.id, runId }
  const { inputSchema } = workflow
  const checks = workflow.options.validateInputs !== false
  const input = { value: given.inputData }
  const { value } = checks ? await validate(inputSchema, input.value, { ...about, code: 'WF_INVALID_INPUT' }) : input
  return {
    input: value,
    state: await acceptState(workflow, runId, given.initialState ?? {}),
    context: await acceptContext(workflow, runId, given.requestContext),
  }
}

export async function acceptState(
  workflow: Workflow,
  runId: string,
  initial: unknown,
): Promise<Record<string, unknown>> {
  const { stateSchema, options, id } = workflow
  const about = { workflowId: id, runId }
  if (!stateSchema || options.validateInputs === false) return stateRecord(initial, about)
  const { value } = await validate(stateSchema, initial, { ...about, code: 'WF_INVALID_STATE' })
  return stateRecord(value, about)
}

function stateRecord(state: unknown, about: ErrorPlace): Record<string, unknown> {
  const place = { ...about, field: 'initialState' }
  if (typeof state === 'object' && state !== null && !holds(() => Array.isArray(state)))
    return readOnce(place, () => state)
  throw new WorkflowError('WF_INVALID_STATE', 'Invalid initial data: \n- the state of a run is an object', place)
}

export async function acceptContext(
  workflow: Workflow,
  runId: string,
  context: GivenContext | undefined,
): Promise<Record<string, unknown>> {
  const given = contextRecord(context, { workflowId: workflow.id, runId })
  const { requestContextSchema, id, options } = workflow
  if (!requestContextSchema || options.validateInputs === false) return given
  const about = { workflowId: id, runId, code: 'WF_INVALID_REQUEST_CONTEXT' } as const
  const { value } = await validate(requestContextSchema, given, about)
  const fitting = { ...given, ...(value as Record<string, unknown>) }
  if (Object.keys(fitting).some((key) => fitting[key] !== given[key])) await checkAgain(workflow, runId, fitting)
  return fitting
}

/** What is recorded is looked at again, with what later calls add: found out now, and not by the first of these. */
async function checkAgain({ requestContextSchema, id }: Workflow, runId: string, fitting: object): Promise<void> {
  const answer = await requestContextSchema?.['~standard'].validate(fitting)
  if (!answer?.issues) return
  const keys = new Set(answer.issues.map((issue) => `"${plainIssue(issue).path[0] ?? ''}"`))
  const text = `the request context schema of workflow "${id}" does not accept what it made itself of ${[...keys].join(', ')}`
  const advice = 'it is asked again on a resume, so it must: convert what is not converted yet, as `z.coerce` does'
  throw new WorkflowError('WF_INVALID_OPTION', `${text}; ${advice}`, {
    workflowId: id,
    runId,
    field: 'requestContextSchema',
  })
}

/** What a caller puts over the recorded request context; together they have to fit. */
export async function acceptAdded(live: LiveRun, context: GivenContext | undefined): Promise<Record<string, unknown>> {
  const { workflow } = live.program
  const given = contextRecord(context, { workflowId: workflow.id, runId: live.runId })
  if (!workflow.requestContextSchema || Object.keys(given).length === 0) return given
  const recorded = await recordedIn(live)
  const fitting = await acceptContext(workflow, live.runId, { ...recorded, ...given })
  return Object.fromEntries(Object.keys(given).map((key) => [key, fitting[key]]))
}

/** Asked without taking the run up: what is ready in it is not to begin before what is given is there. */
async function recordedIn({ driver, runId }: LiveRun): Promise<Record<string, unknown>> {
  const found = await findRun(driver, runId)
  return (found && (await askRun(driver, found, { tell: recordedContext })))?.answer ?? {}
}

const recordedContext = (fold: Fold): Record<string, unknown> =>
  readObject(
    fold,
    [...fold.state.context].flatMap(([key, written]) => (written ? [[key, written.source] as const] : [])),
  )

export const contextRecord = (context: GivenContext = {}, place: ErrorPlace = {}): Record<string, unknown> =>
  readOnce({ ...place, field: 'requestContext' }, () =>
    typeof context.toJSON === 'function' ? (context.toJSON() as object) : context,
  )

/** The keys of a record under a name, when there are any. */
export function keysOf<Name extends string>(name: Name, record: Readonly<Record<string, unknown>>) {
  const keys: readonly string[] = Object.keys(record)
  return keys.length > 0 ? ({ [name]: keys } as Partial<Record<Name, readonly string[]>>) : {}
}
