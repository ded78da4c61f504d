/** What went wrong, for programs. Messages may change, codes do not. */
export type WorkflowErrorCode =
  /** An argument or option is not what its type says, or contradicts another one. */
  | 'WF_INVALID_OPTION'
  /** Something is larger than what was declared to be possible; nothing of it was written. */
  | 'WF_LIMIT'
  /** Called after `close()`. */
  | 'WF_CLOSED'

/** Misuse, with what to do about it. Expected outcomes are return values, and failures of user code are data. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError'
  readonly code: WorkflowErrorCode

  constructor(code: WorkflowErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(`${code}: ${message}`, options)
    this.code = code
  }
}

/** Compares name and code, not the class: two copies of this package in one process understand each other. */
export function isWorkflowError(error: unknown, code?: WorkflowErrorCode): error is WorkflowError {
  if (!(error instanceof Error) || error.name !== 'WorkflowError' || !('code' in error)) return false
  return code === undefined || error.code === code
}
