import { type Checked, checkFields, identifier, isIdentifier, isRecord, required, schema } from './fields.js'
import type { Schema } from './schema.js'

/** An event by its name, and what its payload is. Both who sends it and who waits for it may name it by this. */
export interface EventDefinition<Accepts = unknown, Payload = unknown> {
  readonly component: 'EVENT'
  readonly name: string
  /** Applied to the payload when it reaches the wait. */
  readonly schema?: Schema<Accepts, Payload>
}

function checkedAs(params: unknown): Checked {
  const name = isRecord(params) ? params.name : undefined
  return { of: isIdentifier(name) ? `event "${name}"` : 'createEvent' }
}

/** Declares an event with a payload of a certain type. */
export function createEvent<Accepts, Payload>(params: {
  readonly name: string
  readonly schema: Schema<Accepts, Payload>
}): EventDefinition<Accepts, Payload>
export function createEvent(params: { readonly name: string }): EventDefinition
export function createEvent(params: { readonly name: string; readonly schema?: Schema }): EventDefinition {
  checkFields(params, { name: required({ ...identifier, code: 'WF_INVALID_OPTION' }), schema }, checkedAs(params))
  const { name, schema: given } = params
  return Object.freeze({ component: 'EVENT', name, ...(given && { schema: given }) })
}
