import type { Schema } from '../builder/schema.js'
import {
  type ErrorPlace,
  isWorkflowError,
  toError,
  type ValidationErrorCode,
  validationError,
  WorkflowError,
  type WorkflowErrorCode,
} from '../errors/index.js'
import { acceptStart } from '../run/accept.js'
import type { ScheduleDraft } from './schedule-options.js'

const fields: Partial<Record<WorkflowErrorCode, string>> = {
  WF_INVALID_INPUT: 'inputData',
  WF_INVALID_STATE: 'initialState',
  WF_INVALID_REQUEST_CONTEXT: 'requestContext',
}

/** Refuses a schedule none of whose runs could be started, before it is put. */
export async function acceptSchedule(draft: ScheduleDraft): Promise<void> {
  try {
    await acceptStart(draft.workflow, `sched:${draft.id}`, draft.value ?? {})
  } catch (error) {
    throw isWorkflowError(error) ? named(error, draft) : error
  }
}

/** The same at once, as far as schemas answer at once; the others are asked when the schedule is put. */
export function refuseMisfits(draft: ScheduleDraft): void {
  const { workflow, value = {} } = draft
  if (workflow.options.validateInputs === false) return
  const parts: readonly (readonly [Schema | undefined, unknown, ValidationErrorCode])[] = [
    [workflow.inputSchema, value.inputData, 'WF_INVALID_INPUT'],
    [workflow.stateSchema, value.initialState ?? {}, 'WF_INVALID_STATE'],
    [workflow.requestContextSchema, value.requestContext ?? {}, 'WF_INVALID_REQUEST_CONTEXT'],
  ]
  for (const [schema, part, code] of parts) {
    const result = schema?.['~standard'].validate(part)
    // Asked for nothing else than its issues; what becomes of it is seen when the schedule is put.
    if (result instanceof Promise) result.catch(() => undefined)
    else if (result?.issues) throw named(validationError({ code, issues: result.issues }), draft)
  }
}

function named(error: WorkflowError, { id, workflow }: ScheduleDraft): WorkflowError {
  const cause = error.cause ?? error
  const place: ErrorPlace = { workflowId: workflow.id, field: fields[error.code] ?? error.field }
  return new WorkflowError(error.code, `schedule "${id}": ${toError(cause).message}`, { ...place, cause })
}
