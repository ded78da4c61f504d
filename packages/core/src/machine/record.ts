import type { Frame, StepRecord } from './state.js'
import type { Turn } from './turn.js'

/** Changes what is known of a frame under its id; blocks have no record. */
export function writeRecord(turn: Turn, { record }: Frame, changes: Partial<StepRecord>): void {
  if (record) turn.undo.assign(record, changes)
}
