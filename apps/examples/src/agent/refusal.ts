import type { ServerResponse } from 'node:http'
import { isWorkflowError, type ValidationCause, type WorkflowErrorCode } from '@wf/core'

/** A request that the server does not do, with the status of its answer. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const statuses: Partial<Record<WorkflowErrorCode, number>> = {
  WF_INVALID_INPUT: 400,
  WF_INVALID_RESUME_DATA: 400,
  WF_INVALID_OPTION: 400,
  WF_UNKNOWN_RUN: 404,
  WF_NOT_SUSPENDED: 409,
  WF_CONFLICT: 409,
  WF_RUN_ENDED: 409,
  WF_CLOSED: 503,
  WF_STORAGE_UNAVAILABLE: 503,
}

const unknown = new Refusal(500, 'INTERNAL', 'Something went wrong here. It is in the log of the server.')

/** What somebody outside is told of an error; undefined problems are nobody's business there. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const status = isWorkflowError(error) ? statuses[error.code] : undefined
  if (!isWorkflowError(error) || status === undefined) return unknown
  const issues = (error.cause as Partial<ValidationCause> | undefined)?.issues
  return new Refusal(status, error.code, issues?.map(({ message }) => message).join(' ') ?? error.message)
}

export const bodyOf = ({ code, message }: Refusal): string => JSON.stringify({ error: { code, message } })

export function refuse(response: ServerResponse, error: unknown): void {
  // Whoever asked has left in the middle of asking.
  if (response.destroyed && (error as NodeJS.ErrnoException).code === 'ECONNRESET') return
  const refusal = refusalOf(error)
  if (refusal === unknown) console.error(error)
  if (response.headersSent) return void response.destroy()
  // What is left of a body that was too large is not read.
  const close = refusal.status === 413 ? { connection: 'close' } : {}
  response.writeHead(refusal.status, { 'content-type': 'application/json', ...close }).end(bodyOf(refusal))
}
