import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type ErrorPlace, isWorkflowError, WorkflowError } from './workflow-error.js'

/** A schema's complaint as plain data, the same before and after it was stored. */
export interface ValidationIssue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** The `cause` of every validation error. */
export interface ValidationCause extends Error {
  readonly issues: readonly ValidationIssue[]
}

/** How the message of each validation code begins. Callers match on these texts. */
const leads = {
  WF_INVALID_INPUT: () => 'Invalid input data',
  WF_INVALID_STATE: () => 'Invalid initial data',
  WF_INVALID_RESUME_DATA: () => 'Invalid resume data',
  WF_INVALID_REQUEST_CONTEXT: (workflowId: string) => `Request context validation failed for workflow '${workflowId}'`,
  WF_EVENT_INVALID: () => 'Event payload validation failed',
  WF_INVALID_OUTPUT: () => 'Invalid output data',
  WF_STEP_INPUT_INVALID: () => 'Step input validation failed',
  WF_STEP_OUTPUT_INVALID: () => 'Step output validation failed',
  WF_STEP_SUSPEND_DATA_INVALID: () => 'Step suspend data validation failed',
  WF_STEP_STATE_INVALID: () => 'Step state data validation failed',
  WF_STEP_REQUEST_CONTEXT_INVALID: () => 'Step request context validation failed',
} as const

export type ValidationErrorCode = keyof typeof leads

/** True for an error with which a schema's complaint was reported, from any copy of this package. */
export const isValidationError = (error: unknown): boolean => isWorkflowError(error) && Object.hasOwn(leads, error.code)

export interface ValidationFailure extends ErrorPlace {
  readonly code: ValidationErrorCode
  readonly issues: readonly StandardSchemaV1.Issue[]
}

export function validationError({ code, issues, ...place }: ValidationFailure): WorkflowError {
  const plain = issues.map(plainIssue)
  const text = formatIssues(leads[code](place.workflowId ?? ''), plain)
  const cause: ValidationCause = Object.assign(new Error(text), { issues: plain })
  return new WorkflowError(code, text, { ...place, cause })
}

/** `lead: ` and one line `- path: message` per issue; an issue with the whole value has no path. */
export function formatIssues(lead: string, issues: readonly ValidationIssue[]): string {
  const lines = issues.map(({ path, message }) =>
    path.length === 0 ? `- ${message}` : `- ${path.join('.')}: ${message}`,
  )
  return [`${lead}: `, ...lines].join('\n')
}

export function plainIssue({ path = [], message }: StandardSchemaV1.Issue): ValidationIssue {
  const keys = path.map((segment) => (typeof segment === 'object' ? segment.key : segment))
  return { path: keys.map((key) => (typeof key === 'symbol' ? String(key) : key)), message }
}
