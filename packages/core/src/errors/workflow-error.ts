import { defineHidden } from './define-hidden.js'
import { holds } from './holds.js'
import { markClass } from './mark-class.js'
import type { WorkflowErrorCode } from './workflow-error-codes.js'

/** Registered symbol: an error made by another copy of this package is recognised too. */
const brand = Symbol.for('@wf/core/workflow-error')

/** Where an error happened. */
export interface ErrorPlace {
  readonly workflowId?: string | undefined
  readonly stepId?: string | undefined
  readonly field?: string | undefined
  readonly runId?: string | undefined
}

export interface WorkflowErrorDetails extends ErrorPlace {
  readonly cause?: unknown
}

const placeNames = { workflowId: 'workflow', stepId: 'step', field: 'field', runId: 'run' } as const
const placeKeys = Object.keys(placeNames) as (keyof ErrorPlace)[]

/**
 * The one error of this library. `code` says what went wrong, the message names the place and what to do.
 * A part of the place that the message does not quote is added at its end.
 */
export class WorkflowError extends Error {
  static {
    defineHidden(WorkflowError.prototype, 'name', 'WorkflowError')
    markClass(WorkflowError, brand)
  }

  readonly code: WorkflowErrorCode
  // Declared only: a field that is not known is absent, not undefined.
  declare readonly workflowId?: string
  declare readonly stepId?: string
  declare readonly field?: string
  declare readonly runId?: string

  constructor(code: WorkflowErrorCode, message: string, details: WorkflowErrorDetails = {}) {
    super(namePlace(message, details), details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    for (const key of placeKeys) {
      const name = details[key]
      if (name !== undefined) this[key] = name
    }
  }
}

/** Compares what the error says of itself, not its class, so copies of this package understand each other. */
export function isWorkflowError<Code extends WorkflowErrorCode = WorkflowErrorCode>(
  error: unknown,
  code?: Code,
): error is WorkflowError & { readonly code: Code } {
  if (typeof error !== 'object' || error === null) return false
  const found = error as { readonly [brand]?: unknown; readonly name?: unknown; readonly code?: unknown }
  return holds(() => {
    if (found[brand] !== true && found.name !== 'WorkflowError') return false
    return code === undefined ? typeof found.code === 'string' : found.code === code
  })
}

/** The same error with more known about its place; for whoever knows the step that the thrower did not. */
export function placeError(error: WorkflowError, place: ErrorPlace): WorkflowError {
  const placed = new WorkflowError(error.code, error.message, {
    workflowId: error.workflowId ?? place.workflowId,
    stepId: error.stepId ?? place.stepId,
    field: error.field ?? place.field,
    runId: error.runId ?? place.runId,
    cause: error.cause,
  })
  defineHidden(placed, 'stack', error.stack)
  return placed
}

function namePlace(message: string, place: ErrorPlace): string {
  const missing = placeKeys.flatMap((key) => {
    const name = place[key]
    return name === undefined || isQuoted(message, name) ? [] : [`${placeNames[key]} "${name}"`]
  })
  if (missing.length === 0) return message
  return `${message}${message.includes('\n') ? '\n' : ' '}(${missing.join(', ')})`
}

function isQuoted(message: string, name: string): boolean {
  return ['"', "'", '`'].some((quote) => message.includes(quote + name + quote))
}
