import type { ScheduleSpec, SkipReason } from './machine/event.js'
import type { Outcome, ScheduleState } from './machine/state.js'

/** What the runs of a schedule are started with, and what its author says of it. As it is stored. */
export interface ScheduleValue {
  readonly inputData?: unknown
  readonly initialState?: Readonly<Record<string, unknown>>
  readonly requestContext?: Readonly<Record<string, unknown>>
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** What became of a slot, or of a trigger. */
export interface ScheduleOutcome {
  readonly outcome: 'fired' | 'triggered' | 'skipped'
  /** When it was to fire; absent for triggers. */
  readonly slotAt?: number
  /** The last moment of the slots that were skipped, when this stands for more than one. */
  readonly untilAt?: number
  readonly runId?: string
  /** Why it was skipped: nobody could fire it in time, its predecessor still ran, or the run could not be started. */
  readonly why?: SkipReason
  readonly error?: string
  readonly at: number
}

/** A schedule as it is now. Times are milliseconds since the epoch. */
export interface Schedule extends ScheduleValue {
  readonly id: string
  readonly workflowId: string
  readonly spec: ScheduleSpec
  readonly status: 'active' | 'paused'
  /** Absent: it is paused, or no slot is left. */
  readonly nextFireAt?: number
  /** A slot that waits for the end of the run before it. */
  readonly bufferedAt?: number
  readonly lastFireAt?: number
  readonly lastRunId?: string
  /** The last ten slots and triggers, the latest at the end. */
  readonly recent: readonly ScheduleOutcome[]
  readonly createdAt: number
  readonly updatedAt: number
}

/** `undefined`: there is none. */
export function tellSchedule(id: string, state: ScheduleState, value: ScheduleValue): Schedule | undefined {
  const { table, workflow, paused, next, buffered, lastRun, lastFired, updated, recent } = state
  if (!table) return undefined
  return {
    id,
    workflowId: workflow,
    spec: table.spec,
    status: paused ? 'paused' : 'active',
    ...(next !== undefined && !paused && { nextFireAt: next }),
    ...(buffered !== undefined && { bufferedAt: buffered }),
    ...(lastFired && { lastFireAt: lastFired.at }),
    ...(lastRun !== undefined && { lastRunId: lastRun }),
    ...value,
    recent: recent.map(outcomeOf),
    createdAt: table.created.at,
    updatedAt: updated?.at ?? table.created.at,
  }
}

const outcomeOf = ({ outcome, slot, until, run, why, error, stamp }: Outcome): ScheduleOutcome => ({
  outcome,
  ...(slot !== undefined && { slotAt: slot }),
  ...(until !== undefined && { untilAt: until }),
  ...(run !== undefined && { runId: run }),
  ...(why !== undefined && { why }),
  ...(error !== undefined && { error }),
  at: stamp.at,
})
