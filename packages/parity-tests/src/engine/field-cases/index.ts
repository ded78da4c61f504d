import { eventCases } from './events.js'
import type { FieldCase } from './field-case.js'
import { lifeCases } from './life.js'
import { ownershipCases } from './ownership.js'
import { resumingCases } from './resuming.js'
import { valueCases } from './values.js'

export type { FieldCase } from './field-case.js'

/** What is known to go wrong in the field, by group. */
export const fieldCases: Readonly<Record<string, readonly FieldCase[]>> = {
  'Suspending and resuming': resumingCases,
  Events: eventCases,
  'Processes that take over': ownershipCases,
  'Values, sizes, names': valueCases,
  'Starting, stopping, going on': lifeCases,
}
