import type { NodeOptions } from './draft.js'
import { type Checked, checkFields, type FieldRules, identifier, isRecord, record, text } from './fields.js'

const nodeFields: FieldRules = { id: identifier, description: text, metadata: record }

/** The last argument of a builder method, checked; `extra` are the fields that only this method has. */
export function nodeOptions(given: unknown, checked: Checked, extra: FieldRules = {}): NodeOptions {
  checkFields(given, { ...nodeFields, ...extra }, checked)
  return isRecord(given) ? given : {}
}
