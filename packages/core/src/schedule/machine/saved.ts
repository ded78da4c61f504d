import type { Stamp } from '../../machine/state.js'
import type { Outcome, ScheduleState, Timetable } from './state.js'

/** A schedule's state as plain JSON: moments instead of stamps, and what is not there left out. */
export interface SavedSchedule
  extends Partial<Omit<ScheduleState, 'table' | 'lastFired' | 'updated' | 'recent' | 'workflow' | 'rev' | 'paused'>>,
    Pick<ScheduleState, 'workflow' | 'rev' | 'paused'> {
  readonly table?: Partial<Omit<Timetable, 'created' | 'spec'>> & Pick<Timetable, 'spec'> & { readonly created: number }
  readonly lastFired?: number
  readonly updated?: number
  readonly recent: readonly (Omit<Outcome, 'stamp'> & { readonly at: number })[]
}

export function saveSchedule({ table, lastFired, updated, recent, ...plain }: ScheduleState): unknown {
  return {
    ...plain,
    table: table && { ...table, created: table.created.at },
    lastFired: lastFired?.at,
    updated: updated?.at,
    recent: recent.map(({ stamp, ...outcome }) => ({ ...outcome, at: stamp.at })),
  }
}

export function loadSchedule(saved: SavedSchedule): ScheduleState {
  const { workflow, rev, paused, next, passed, buffered, lastRun, table, recent } = saved
  return {
    ...{ workflow, rev, paused, next, passed, buffered, lastRun },
    table: table && {
      spec: table.spec,
      anchor: table.anchor,
      value: table.value,
      created: { at: table.created },
    },
    lastFired: stampOf(saved.lastFired),
    updated: stampOf(saved.updated),
    recent: recent.map(({ at, ...outcome }) => ({ ...outcome, stamp: { at } })),
  }
}

const stampOf = (at: number | undefined): Stamp | undefined => (at === undefined ? undefined : { at })
