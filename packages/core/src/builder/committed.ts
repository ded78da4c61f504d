import { WorkflowError } from '../errors/index.js'
import { isIdentifier, isRecord } from './fields.js'
import type { Step } from './step.js'
import { WORKFLOW_FORM, type Workflow } from './workflow.js'

export const NOT_DEFINED =
  'Execution flow of workflow is not defined. Add steps to the workflow via .then(), .branch(), etc.'

const NOT_COMMITTED = 'Uncommitted step flow changes detected. Call .commit() to register the steps.'

/** What a builder shows of itself to whoever is given one in the place of a workflow. */
export interface Uncommitted {
  readonly component: 'FLOW'
  readonly id: string
  readonly empty: boolean
}

function isUncommitted(value: unknown): value is Uncommitted {
  return isRecord(value) && value.component === 'FLOW'
}

export function isWorkflow(value: unknown): value is Workflow {
  return isOfAnyForm(value) && value.form === WORKFLOW_FORM
}

const isOfAnyForm = (value: unknown): value is { readonly id: string; readonly form: unknown } =>
  isRecord(value) && value.component === 'WORKFLOW' && value.committed === true && isIdentifier(value.id)

export function isStep(value: unknown): value is Step {
  return isRecord(value) && value.component === 'STEP' && isIdentifier(value.id) && typeof value.execute === 'function'
}

/** Refuses a builder whose `commit` was forgotten, and a workflow in the form of another release; anything else passes. */
export function refuseUncommitted(value: unknown): void {
  if (isOfAnyForm(value) && value.form !== WORKFLOW_FORM) throw ofAnotherRelease(value)
  if (!isUncommitted(value)) return
  const place = { workflowId: value.id }
  if (value.empty) throw new WorkflowError('WF_INVALID_GRAPH', `workflow "${value.id}": ${NOT_DEFINED}`, place)
  throw new WorkflowError('WF_NOT_COMMITTED', `workflow "${value.id}": ${NOT_COMMITTED}`, place)
}

function ofAnotherRelease({ id, form }: { readonly id: string; readonly form: unknown }): WorkflowError {
  const text = `workflow "${id}" was made by another release of @wf/core (form ${String(form)}, this one reads ${WORKFLOW_FORM}); have the same release installed everywhere`
  return new WorkflowError('WF_UNSUPPORTED', text, { workflowId: id, field: 'workflow' })
}

/** For whoever takes a workflow from a caller, such as an engine. */
export function assertWorkflow(value: unknown): asserts value is Workflow {
  refuseUncommitted(value)
  if (isWorkflow(value)) return
  throw new WorkflowError('WF_INVALID_OPTION', 'expected a workflow from createWorkflow(…).commit()', {
    field: 'workflow',
  })
}
