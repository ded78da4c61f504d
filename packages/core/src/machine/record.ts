import type { Frame, StepRecord } from './state.js'
import type { Turn } from './turn.js'

/** User code of the step has been begun, or what it is for was found out without any. Until then it has not started. */
export function startRecord({ undo, stamp }: Turn, { record }: Frame): void {
  if (record && !record.startedAt) undo.set(record, 'startedAt', stamp)
}

/** Changes what is known of a frame under its id; blocks have no record. */
export function writeRecord(turn: Turn, { record }: Frame, changes: Partial<StepRecord>): void {
  if (record) turn.undo.assign(record, changes)
}
