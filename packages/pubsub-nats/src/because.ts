import { RequestError, TimeoutError } from '@nats-io/transport-node'
import { WorkflowError } from '@wf/core'

const NO_JETSTREAM =
  'JetStream is not enabled there, or not for this account: start nats-server with -js, or allow it to the account'

/** Nobody listens where this was sent: the stream or the consumer is gone, or there is no JetStream. */
export const isGone = (error: unknown): boolean => error instanceof RequestError && error.isNoResponders()

export const isTimeout = (error: unknown): boolean => error instanceof TimeoutError

/** What went wrong on the way to a server, as one error that names it and holds no secrets. */
export function unavailable(server: string, error: unknown): WorkflowError {
  if (error instanceof WorkflowError) return error
  const message = `the NATS server ${server} cannot be used now: ${because(error)}`
  return new WorkflowError('WF_PUBSUB_UNAVAILABLE', message, { cause: harmless(error) })
}

function because(error: unknown): string {
  if (isGone(error)) return NO_JETSTREAM
  // The driver does not export the class.
  if (error instanceof Error && /jetstream (is )?not enabled/i.test(error.message)) return NO_JETSTREAM
  if (error instanceof TimeoutError) return 'it does not answer in time'
  return error instanceof Error ? error.message : 'for a reason that it does not tell'
}

/** Node tells the text of a URL that it cannot read, with the password in it. */
function harmless(error: unknown): unknown {
  return error instanceof Error && 'input' in error ? undefined : error
}
