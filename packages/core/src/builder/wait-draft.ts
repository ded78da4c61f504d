import { eventOf, type OnTimeout, timeOf, waitFields } from './awaited-event.js'
import type { EventDefinition } from './create-event.js'
import type { DraftOf, NodeOptions } from './draft.js'
import { type Checked, describeValue, type FieldRule, isFunction, refuse, schema } from './fields.js'
import type { EventFunctions } from './node-functions.js'
import { nodeOptions } from './node-options.js'
import type { Parsed, Schema } from './schema.js'

/** What `waitForEvent` takes beside the event. `Place` is the context of a function at that place. */
export interface WaitOptions<Place, Given extends Schema, Late extends OnTimeout> extends NodeOptions {
  /** Only an event that was sent with the same key is taken. Default: the empty text, as for events without a key. */
  readonly key?: string | ((context: Place) => string | Promise<string>)
  /** Of the payload; an event made by `createEvent` brings its own. */
  readonly schema?: Given
  /** How long is waited; without it until an event comes. */
  readonly timeoutMs?: number
  /** What is to be then. `'fail'` (the default): the step fails with `WF_EVENT_TIMEOUT`. `'null'`: its output is `null`. */
  readonly onTimeout?: Late
}

/** What an event brings. */
export type PayloadOf<Event, Given extends Schema = never> = [Given] extends [never]
  ? Event extends EventDefinition<infer _Accepts, infer Payload>
    ? Payload
    : unknown
  : Parsed<Given>

/** What a wait gives. */
export type WaitOutput<Event, Given extends Schema, Late extends OnTimeout> =
  | PayloadOf<Event, Given>
  | ('null' extends Late ? null : never)

const key: FieldRule = {
  expected: 'a text, or a function that gives one',
  accepts: (value) => typeof value === 'string' || typeof value === 'function',
}

export function waitDraft(
  event: unknown,
  given: unknown,
  checked: Checked & { readonly field: string },
): DraftOf<'waitForEvent'> {
  const options = nodeOptions(given, checked, { ...waitFields, key, schema }) as NodeOptions &
    WaitOptions<never, Schema, OnTimeout>
  const { name, schema: own } = eventOf(event, checked)
  if (own && options.schema) {
    const message = `\`${checked.field}\`: the event "${name}" has a schema of its own, got ${describeValue(options.schema)}`
    return refuse('WF_INVALID_OPTION', message, { ...checked, field: `${checked.field}.schema` })
  }
  const parsed = own ?? options.schema
  const { key: asked = '' } = options
  const computed = isFunction<NonNullable<EventFunctions['key']>>(asked) ? asked : undefined
  return {
    kind: 'waitForEvent',
    options,
    awaited: { event: name, ...(typeof asked === 'string' && { key: asked }), ...timeOf(options) },
    awaits: { ...(computed && { key: computed }), ...(parsed && { schema: parsed }) },
  }
}
