import { type ApprovalRequest, requestIn } from './approvals.js'
import { failureOf } from './failures.js'
import { isRecord } from './is-record.js'
import { tripWireOf } from './trip-transform.js'

/** What is to be known of a stream once it has ended. */
export class Transcript {
  /** Calls that somebody has to approve. */
  readonly approvals: ApprovalRequest[] = []
  private failure: { readonly error: unknown } | undefined

  /** Throws the TripWire that a tool has thrown, where the agent is one that takes no transforms. */
  hear(chunk: unknown): void {
    const wire = tripWireOf(chunk)
    if (wire) throw wire
    if (!isRecord(chunk)) return
    const request = requestIn(chunk)
    if (request) this.approvals.push(request)
    this.failure = failureAfter(chunk, this.failure)
  }

  /** Throws what the stream has ended with. */
  check(): void {
    if (this.failure) throw failureOf(this.failure.error)
  }
}

type Failure = { readonly error: unknown } | undefined

/** An error is one of the whole stream, unless the model is asked again after it. */
function failureAfter(chunk: Readonly<Record<string, unknown>>, before: Failure): Failure {
  const { type, error, reason, finishReason } = chunk
  if (type === 'error') return { error }
  if (type === 'abort') return before ?? { error: new Error(`the agent was aborted${reason ? `: ${reason}` : ''}`) }
  if (type === 'finish-step' && finishReason === 'interrupted') return { error: new Error(INTERRUPTED) }
  if (type === 'start-step' || (type === 'finish-step' && finishReason !== 'error')) return undefined
  return before
}

const INTERRUPTED = 'the model broke off: what it has said ends in the middle'
