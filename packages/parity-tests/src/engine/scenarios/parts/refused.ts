import { fail, ok } from 'node:assert/strict'
import { isWorkflowError, type WorkflowError, type WorkflowErrorCode } from '@wf/core'

/** The error with which something was refused; fails unless it has this code. */
export async function refused(asked: Promise<unknown>, code: WorkflowErrorCode): Promise<WorkflowError> {
  let answer: unknown
  try {
    answer = await asked
  } catch (error) {
    return withCode(error, code)
  }
  return fail(`it was not refused: ${JSON.stringify(answer)}`)
}

/** The same error, known to be one of the library's with this code. */
export function withCode(error: unknown, code: WorkflowErrorCode): WorkflowError {
  ok(error instanceof Error, 'what was thrown is an Error')
  if (isWorkflowError(error, code)) return error
  return fail(`expected ${code}, got ${error.name}: ${error.message}`)
}
