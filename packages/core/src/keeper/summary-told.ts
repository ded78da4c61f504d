import type { Summary } from './small-machine.js'

export const sameHeader = (one: Summary, other: Summary): boolean =>
  one.status === other.status &&
  one.workflowId === other.workflowId &&
  JSON.stringify(one.tags ?? []) === JSON.stringify(other.tags ?? [])

/** A moment that is too early costs a look, one that is too late costs everything. */
export function isToldOf(summary: Summary, told: Summary | undefined): boolean {
  if (!told || !sameHeader(summary, told) || told.isOver !== summary.isOver) return false
  if (told.wakeAt === null || summary.wakeAt === null) return told.wakeAt === summary.wakeAt
  return told.wakeAt <= summary.wakeAt
}
