import type { Accepted, Schema } from '../builder/schema.js'
import type { Driver } from '../driver/driver.js'
import { validationError, WorkflowError } from '../errors/index.js'
import type { MailRoom, SentEvent } from '../mailbox/index.js'
import { checkOneOf, checkOptions } from './check-options.js'

/** A name of events, and the schema of what they carry if there is one. */
export interface EventDeclaration {
  readonly name: string
  readonly schema?: Schema | undefined
}

interface Envelope<Event extends string | EventDeclaration> {
  /** What waits wait for. With a declaration the payload is checked here, and parsed where it is received. */
  readonly name: Event
  /** Only waits with the same key get it. Default: the empty text, as for waits. */
  readonly key?: string
  /** Only waits of this run get it. */
  readonly runId?: string
  /** A second event with this name, key and idempotency key has no effect while the first one would be kept. */
  readonly idempotencyKey?: string
  /** Every wait gets it that is there or comes while it is kept, each run once. Default: the first one alone. */
  readonly broadcast?: boolean
  /** How long it waits for a wait, in milliseconds. Default: what the engine says, or else a day. */
  readonly keepMs?: number
}

type Payload<Event> = Event extends { readonly name: string; readonly schema?: infer Given }
  ? Fitting<NonNullable<Given>>
  : { readonly payload?: unknown }

type Fitting<Given> = Given extends Schema
  ? undefined extends Accepted<Given>
    ? { readonly payload?: Accepted<Given> }
    : { readonly payload: Accepted<Given> }
  : { readonly payload?: unknown }

export type SendEventOptions<Event extends string | EventDeclaration = string | EventDeclaration> = Envelope<Event> &
  Payload<Event>

export async function sendEvent(
  { driver, room }: { readonly driver: Driver; readonly room: MailRoom },
  options: SendEventOptions,
): Promise<SentEvent> {
  checkOptions('sendEvent', options)
  if (options.broadcast === true) checkOneOf(options, ['runId', 'broadcast'])
  const { name: event, key = '', runId, broadcast, idempotencyKey, keepMs = driver.settings.keepEventsMs } = options
  driver.checkOpen()
  if (typeof event !== 'string') await checkPayload(event, options.payload)
  return room.send({
    name: typeof event === 'string' ? event : event.name,
    key,
    payload: options.payload,
    keepMs,
    ...(runId !== undefined && { run: runId }),
    ...(broadcast === true && { broadcast }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  })
}

/** What is sent is what was given: whoever waits has a schema of their own, which parses it. */
async function checkPayload({ name, schema }: EventDeclaration, payload: unknown): Promise<void> {
  const result = await schema?.['~standard'].validate(payload)
  if (!result?.issues) return
  const { code, message, cause } = validationError({ code: 'WF_EVENT_INVALID', issues: result.issues })
  throw new WorkflowError(code, `event "${name}": ${message}`, { field: 'payload', cause })
}
