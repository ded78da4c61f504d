import { describe, expect, it } from 'vitest'
import { Undo } from '../../machine/undo.js'
import type { ScheduleFact, ScheduleSpec } from './event.js'
import { scheduleMachine } from './machine.js'
import type { ScheduleState } from './state.js'

const spec: ScheduleSpec = { everyMs: 10, overlap: 'allow', catchUp: 'last' }
const put: ScheduleFact = { type: 'schedule-put', workflow: 'w', rev: 'a', spec, anchor: 0, next: 10 }

/** A schedule to which all this has happened; each fact in a commit of its own, at the moment of its number. */
function folded(facts: readonly ScheduleFact[], state = scheduleMachine.begin()) {
  const undo = new Undo()
  const effects = facts.map((fact, index) => {
    const version = index + 1
    return scheduleMachine.fold(state, fact, { version, index: 0, undo, stamp: { at: version } })
  })
  return { state, effects, undo }
}

const slot = (at: number, next?: number) => ({ slot: at, rev: 'a', ...(next !== undefined && { next }) })
const fired = (at: number, next?: number): ScheduleFact => ({
  type: 'schedule-fired',
  run: `r${at}`,
  ...slot(at, next),
})
const summary = (state: ScheduleState, now = 0) => scheduleMachine.summary(state, now)

describe('the machine of schedules', () => {
  it('knows of nothing at first', () => {
    const { state, effects } = folded([fired(10), { type: 'schedule-paused' }, { type: 'schedule-deleted' }])
    expect(effects).toEqual([false, false, false])
    expect(state).toEqual(scheduleMachine.begin())
    expect(summary(state)).toEqual({ status: 'deleted', workflowId: '', wakeAt: null, isOver: true })
  })

  it('waits for the next slot', () => {
    const { state } = folded([put])
    expect(state.table).toEqual({ spec, anchor: 0, value: undefined, created: { at: 1 } })
    expect(summary(state)).toEqual({ status: 'active', workflowId: 'w', wakeAt: 10, isOver: false })
  })

  it('waits for nothing when no slot is left', () => {
    const { state } = folded([put, fired(10)])
    expect(summary(state)).toMatchObject({ status: 'active', wakeAt: null })
  })

  it('has each slot fired once', () => {
    const { state, effects } = folded([put, fired(10, 20), fired(10, 20), fired(20, 30), fired(10, 20)])
    expect(effects).toEqual([true, true, false, true, false])
    expect(state).toMatchObject({ next: 30, passed: 20, lastRun: 'r20', lastFired: { at: 4 }, updated: { at: 4 } })
    expect(state.recent).toEqual([
      { outcome: 'fired', slot: 10, run: 'r10', stamp: { at: 2 } },
      { outcome: 'fired', slot: 20, run: 'r20', stamp: { at: 4 } },
    ])
  })

  it('remembers why slots were skipped, and that the run before is still the last', () => {
    const { state, effects } = folded([
      put,
      fired(10, 20),
      { type: 'schedule-skipped', why: 'missed', until: 59, ...slot(20, 60) },
      { type: 'schedule-skipped', why: 'refused', error: 'no', ...slot(60, 70) },
      fired(50, 60),
    ])
    expect(effects).toEqual([true, true, true, true, false])
    expect(state).toMatchObject({ next: 70, passed: 60, lastRun: 'r10', lastFired: { at: 2 } })
    expect(state.recent.slice(1)).toEqual([
      { outcome: 'skipped', why: 'missed', slot: 20, until: 59, stamp: { at: 3 } },
      { outcome: 'skipped', why: 'refused', slot: 60, error: 'no', stamp: { at: 4 } },
    ])
  })

  it('takes no slot up to the last moment of those that were skipped', () => {
    const missed: ScheduleFact = { type: 'schedule-skipped', why: 'missed', until: 59, ...slot(20, 60) }
    const { state, effects } = folded([put, missed, fired(50, 60), fired(60, 70)])
    expect([effects, state.passed]).toEqual([[true, true, false, true], 60])
  })

  it('tells nothing of a slot that waits still', () => {
    const { state } = folded([put, fired(10, 20), { type: 'schedule-buffered', ...slot(20, 30) }])
    expect(state.recent.map(({ slot }) => slot)).toEqual([10])
  })

  it('is active when it is put again after it was deleted while it was paused', () => {
    const { state, effects } = folded([put, { type: 'schedule-paused' }, { type: 'schedule-deleted' }, put])
    expect([effects, state.paused]).toEqual([[true, true, true, true], false])
  })

  it('is read from a checkpoint rather than from years of facts', () => {
    expect([scheduleMachine.kind, scheduleMachine.checkpointBytes]).toEqual(['schedule', 16_384])
  })

  it('tells the last ten', () => {
    const slots = Array.from({ length: 12 }, (_, index) => fired(10 * (index + 1), 10 * (index + 2)))
    const { state } = folded([put, ...slots])
    expect(state.recent.map((one) => one.slot)).toEqual([30, 40, 50, 60, 70, 80, 90, 100, 110, 120])
  })

  it('keeps one slot waiting for the end of the last run', () => {
    const { state, effects } = folded([
      put,
      fired(10, 20),
      { type: 'schedule-buffered', ...slot(20, 30) },
      { type: 'schedule-buffered', ...slot(20, 30) },
      { type: 'schedule-skipped', why: 'overlap', ...slot(30, 40) },
    ])
    expect(effects).toEqual([true, true, true, false, true])
    expect(state).toMatchObject({ buffered: 20, next: 40 })
    expect(summary(state, 5)).toMatchObject({ wakeAt: 40 })
    expect(summary({ ...state, next: undefined }, 5)).toMatchObject({ wakeAt: 60_005 })
    const later = folded([fired(20), fired(20)], state)
    expect(later.effects).toEqual([true, false])
    expect(state).toMatchObject({ buffered: undefined, next: 40, lastRun: 'r20' })
  })

  it('takes no next slot from somebody who has not seen the last put', () => {
    const again: ScheduleFact = { ...put, rev: 'b', spec: { ...spec, everyMs: 7 }, next: 21 }
    const { state, effects } = folded([put, again, fired(20, 30)])
    expect(effects).toEqual([true, true, true])
    expect(state).toMatchObject({ next: 21, passed: 20, rev: 'b', table: { created: { at: 1 } } })
  })

  it('is paused and resumed once, and says so', () => {
    const { state, effects } = folded([put, { type: 'schedule-resumed', next: 1 }, { type: 'schedule-paused' }])
    expect(effects).toEqual([true, false, true])
    expect(summary(state)).toEqual({ status: 'paused', workflowId: 'w', wakeAt: null, isOver: false })
    const later = folded([{ type: 'schedule-paused' }, { ...put, rev: 'b' }], state)
    expect(later.effects).toEqual([false, true])
    expect(state.paused).toBe(true)
    expect(folded([{ type: 'schedule-resumed', next: 40 }], state).effects).toEqual([true])
    expect(summary(state)).toMatchObject({ status: 'active', wakeAt: 40 })
    folded([{ ...put, paused: true }], state)
    expect(summary(state)).toMatchObject({ status: 'paused' })
  })

  it('remembers what was triggered, and goes on with its slots', () => {
    const { state } = folded([put, { type: 'schedule-triggered', run: 'now' }])
    expect(state).toMatchObject({ next: 10, passed: undefined, lastRun: 'now' })
    expect(state.recent).toEqual([{ outcome: 'triggered', run: 'now', stamp: { at: 2 } }])
  })

  it('is over when it is deleted, and may be put again', () => {
    const { state } = folded([put, fired(10, 20), { type: 'schedule-deleted' }])
    expect(summary(state)).toEqual({ status: 'deleted', workflowId: 'w', wakeAt: null, isOver: true })
    expect(state).toMatchObject({ passed: 10, recent: [], lastRun: undefined, lastFired: undefined })
    const later = folded([{ ...put, hasValue: true }], state)
    expect(later.effects).toEqual([true])
    expect(state.table?.value).toEqual({ version: 1, index: 0 })
  })

  it('takes back what was not stored', () => {
    const { state } = folded([put, fired(10, 20)])
    const before = JSON.stringify(scheduleMachine.save(state))
    for (const fact of [
      fired(20, 30),
      { type: 'schedule-buffered', ...slot(20, 30) },
      { type: 'schedule-triggered', run: 'now' },
      { type: 'schedule-paused' },
      { type: 'schedule-deleted' },
      { ...put, rev: 'b', paused: true },
    ] as const) {
      const { undo, effects } = folded([fact], state)
      expect(effects).toEqual([true])
      undo.rollback()
      expect(JSON.stringify(scheduleMachine.save(state))).toBe(before)
    }
  })

  it.for([
    [],
    [put],
    [{ ...put, hasValue: true, paused: true }],
    [put, fired(10, 20), { type: 'schedule-buffered', ...slot(20, 30) }, { type: 'schedule-triggered', run: 'now' }],
    [put, fired(10, 20), { type: 'schedule-deleted' }],
  ] as readonly ScheduleFact[][])('is the same when it comes from a checkpoint', (facts) => {
    const { state } = folded(facts)
    const text = JSON.stringify(scheduleMachine.save(state))
    expect(scheduleMachine.load(JSON.parse(text))).toEqual(state)
  })
})
