import { isWorkflowError, WorkflowError } from '@wf/core'

/** What Postgres says in five characters, where it was Postgres that spoke. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined
}

/** Lost connections, servers that start, stop or are full, deadlocks. Whatever else the server refused it will refuse again. */
export function mayPass(error: unknown): boolean {
  const cause = isWorkflowError(error) ? error.cause : error
  const state = sqlState(cause)
  return state === undefined ? !isWorkflowError(cause) : /^(08|40|53|55|57)/.test(state)
}

/** Whatever the driver threw, as the one error of this library; the server is named without secrets. */
export function unavailable(server: string, error: unknown): WorkflowError {
  if (isWorkflowError(error)) return error
  const said = reasonOf(error)
  return new WorkflowError(
    'WF_PUBSUB_UNAVAILABLE',
    `the pub/sub at ${server} cannot be used just now: ${said}. Look after that server; what is hinted at is found by sweeps meanwhile`,
    { cause: error },
  )
}

/** Several addresses of one name fail as one error without a message. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message || error.name : String(error)
}

export const closedError = (): WorkflowError =>
  new WorkflowError('WF_CLOSED', 'the Postgres pub/sub has been closed: create another one')
