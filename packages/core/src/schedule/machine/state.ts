import type { EntryPlace } from '../../keeper/index.js'
import type { Stamp } from '../../machine/state.js'
import type { ScheduleSpec, SkipReason } from './event.js'

/** A schedule as somebody has put it. */
export interface Timetable {
  readonly spec: ScheduleSpec
  readonly anchor: number | undefined
  /** Where that lies which its runs are started with; absent: they are started with nothing. */
  readonly value: EntryPlace | undefined
  readonly created: Stamp
}

/** What became of a slot, or of a trigger. */
export interface Outcome {
  readonly outcome: 'fired' | 'triggered' | 'skipped'
  /** Absent for triggers. */
  readonly slot?: number
  readonly until?: number
  readonly run?: string
  readonly why?: SkipReason
  readonly error?: string
  readonly stamp: Stamp
}

/** What is known of a schedule. */
export interface ScheduleState {
  /** Absent: there is none under this id. */
  table: Timetable | undefined
  workflow: string
  /** Names what was put last. */
  rev: string
  paused: boolean
  /** The first slot that nothing has become of. */
  next: number | undefined
  /** No slot up to here becomes anything again, whatever is put. */
  passed: number | undefined
  /** A slot that waits for the end of the last run. */
  buffered: number | undefined
  lastRun: string | undefined
  lastFired: Stamp | undefined
  updated: Stamp | undefined
  /** The latest are at the end. */
  recent: readonly Outcome[]
}

export const emptySchedule = (): ScheduleState => ({
  table: undefined,
  workflow: '',
  rev: '',
  paused: false,
  next: undefined,
  passed: undefined,
  buffered: undefined,
  lastRun: undefined,
  lastFired: undefined,
  updated: undefined,
  recent: [],
})
