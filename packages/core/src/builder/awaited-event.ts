import type { EventDefinition } from './create-event.js'
import {
  type Checked,
  checkFields,
  describeValue,
  type FieldRules,
  identifier,
  isIdentifier,
  isRecord,
  refuse,
  schema,
} from './fields.js'
import type { Schema } from './schema.js'

/** What is to be when no event comes in time: the step fails, or goes on with `null`. */
export type OnTimeout = 'fail' | 'null'

/** The longest time that dates can tell of. */
const LONGEST_MS = 8.64e15

const isTime = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= LONGEST_MS

/** What may be said of a wait, wherever it is. */
export const waitFields: FieldRules = {
  timeoutMs: { expected: 'milliseconds, 0 or more', accepts: isTime },
  onTimeout: { expected: "'fail' or 'null'", accepts: (value) => value === 'fail' || value === 'null' },
}

interface Timed {
  readonly timeoutMs?: number
  readonly onTimeout?: OnTimeout
}

/** How long is waited, as graphs and journals say it. */
export const timeOf = ({ timeoutMs, onTimeout }: Timed) => ({
  ...(timeoutMs !== undefined && { timeoutMs }),
  ...(onTimeout === 'null' && { orNull: true as const }),
})

interface Named {
  readonly name: string
  readonly schema?: Schema
}

const definition: FieldRules = { name: { ...identifier, code: 'WF_INVALID_OPTION' }, schema }

/** An event by its name or by what `createEvent` gave. */
export function eventOf(given: unknown, checked: Checked & { readonly field: string }): Named {
  if (isIdentifier(given)) return { name: given }
  if (!isRecord(given) || !isIdentifier(given.name))
    return refuse(
      'WF_INVALID_OPTION',
      `\`${checked.field}\` needs the name of an event, or an event made by createEvent, got ${describeValue(given)}`,
      checked,
    )
  checkFields(given, definition, checked)
  const { name, schema: own } = given as unknown as EventDefinition
  return { name, ...(own && { schema: own }) }
}
