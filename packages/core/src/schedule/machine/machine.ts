import type { Folding, SmallMachine, Summary } from '../../keeper/index.js'
import type { ScheduleFact, SlotFact } from './event.js'
import { loadSchedule, type SavedSchedule, saveSchedule } from './saved.js'
import { emptySchedule, type Outcome, type ScheduleState } from './state.js'

/** How much of what has happened is told. */
const RECENT = 10

/** So often somebody looks whether the run is over for which a slot waits. */
const LOOK_MS = 60_000

/** A schedule lives for years, and its state is small: nobody should have to read all that has happened in it. */
const CHECKPOINT_BYTES = 16 * 1024

export const scheduleMachine: SmallMachine<ScheduleState, ScheduleFact> = {
  kind: 'schedule',
  checkpointBytes: CHECKPOINT_BYTES,
  begin: emptySchedule,
  fold,
  summary,
  save: saveSchedule,
  load: (saved) => loadSchedule(saved as SavedSchedule),
}

function summary({ table, workflow: workflowId, paused, next, buffered }: ScheduleState, now: number): Summary {
  if (!table) return { status: 'deleted', workflowId, wakeAt: null, isOver: true }
  if (paused) return { status: 'paused', workflowId, wakeAt: null, isOver: false }
  const lookAt = buffered === undefined ? Number.POSITIVE_INFINITY : now + LOOK_MS
  const wakeAt = Math.min(next ?? Number.POSITIVE_INFINITY, lookAt)
  return { status: 'active', workflowId, wakeAt: wakeAt === Number.POSITIVE_INFINITY ? null : wakeAt, isOver: false }
}

function fold(state: ScheduleState, fact: ScheduleFact, folding: Folding): boolean {
  const had = change(state, fact, folding)
  if (had) folding.undo.set(state, 'updated', folding.stamp)
  return had
}

function change(state: ScheduleState, fact: ScheduleFact, folding: Folding): boolean {
  const { undo } = folding
  if (fact.type === 'schedule-put') return put(state, fact, folding)
  if (!state.table) return false
  switch (fact.type) {
    case 'schedule-triggered':
      remember(state, { outcome: 'triggered', run: fact.run, stamp: folding.stamp }, folding)
      return true
    case 'schedule-paused':
      if (state.paused) return false
      undo.set(state, 'paused', true)
      return true
    case 'schedule-resumed':
      if (!state.paused) return false
      undo.assign(state, { paused: false, next: fact.next })
      return true
    case 'schedule-deleted':
      undo.assign(state, { table: undefined, paused: false, next: undefined, buffered: undefined, recent: [] })
      undo.assign(state, { lastRun: undefined, lastFired: undefined })
      return true
    default:
      return passes(state, fact, folding)
  }
}

type Put = Extract<ScheduleFact, { type: 'schedule-put' }>

function put(state: ScheduleState, fact: Put, { undo, stamp, version, index }: Folding): boolean {
  const { spec, anchor, workflow, rev, paused = state.paused, next, hasValue } = fact
  const value = hasValue ? { version, index } : undefined
  const created = state.table?.created ?? stamp
  undo.assign(state, { table: { spec, anchor, value, created }, workflow, rev, paused, next })
  return true
}

/** Something has become of a slot, once and for all. */
function passes(state: ScheduleState, fact: SlotFact, folding: Folding): boolean {
  const { undo } = folding
  const { slot, rev, next } = fact
  const wasBuffered = slot === state.buffered
  if (wasBuffered) {
    if (fact.type === 'schedule-buffered') return false
    undo.set(state, 'buffered', undefined)
  } else {
    if (state.passed !== undefined && slot <= state.passed) return false
    undo.set(state, 'passed', 'until' in fact ? fact.until : slot)
    if (rev === state.rev) undo.set(state, 'next', next)
    if (fact.type === 'schedule-buffered') undo.set(state, 'buffered', slot)
  }
  if (fact.type === 'schedule-buffered') return true
  remember(state, outcomeOf(fact, folding), folding)
  return true
}

function outcomeOf(fact: Exclude<SlotFact, { type: 'schedule-buffered' }>, { stamp }: Folding): Outcome {
  const { slot } = fact
  if (fact.type === 'schedule-fired') return { outcome: 'fired', slot, run: fact.run, stamp }
  const { why, until, error } = fact
  return {
    outcome: 'skipped',
    slot,
    why,
    ...(until !== undefined && { until }),
    ...(error !== undefined && { error }),
    stamp,
  }
}

function remember(state: ScheduleState, outcome: Outcome, { undo, stamp }: Folding): void {
  undo.set(state, 'recent', [...state.recent, outcome].slice(-RECENT))
  if (outcome.run === undefined) return
  undo.assign(state, { lastRun: outcome.run, lastFired: stamp })
}
