import { describe, expect, it } from 'vitest'
import type { Calendar } from '../../contracts/calendar.js'
import type { CatchUp, ScheduleSpec } from './event.js'
import { dueSlots, type Slots, slotAfter } from './slots.js'

const SECOND = 1_000
const DAY = 86_400_000
const NOW = 100 * DAY

/** Every so many milliseconds, as an interval. */
const beat = (everyMs: number, more: Partial<ScheduleSpec> = {}): Slots => ({
  spec: { everyMs, overlap: 'allow', catchUp: 'last', ...more },
  anchor: 0,
  calendar: undefined,
})

/** Midnight of each day, as cron. */
const midnights: Calendar = {
  check: () => undefined,
  next: (_, after) => (Math.floor(after / DAY) + 1) * DAY,
}

const due = (slots: Slots, from: number | undefined, graceMs = 90 * SECOND) =>
  dueSlots(slots, from, { now: NOW, graceMs })

describe('the next slot', () => {
  it('of an interval counts from its anchor, which is the first one', () => {
    const slots = { ...beat(7), anchor: 100 }
    expect([0, 99, 100, 101, 106, 107].map((after) => slotAfter(slots, after))).toEqual([100, 100, 107, 107, 107, 114])
    expect(slotAfter({ ...slots, anchor: undefined }, 20)).toBe(21)
  })

  it('of cron is what the calendar says', () => {
    const spec: ScheduleSpec = { cron: '@daily', timezone: 'UTC', overlap: 'allow', catchUp: 'last' }
    expect(slotAfter({ spec, anchor: undefined, calendar: midnights }, 5)).toBe(DAY)
    expect(slotAfter({ spec, anchor: undefined, calendar: undefined }, 5)).toBeUndefined()
    const bare: ScheduleSpec = { overlap: 'allow', catchUp: 'last' }
    expect(slotAfter({ spec: bare, anchor: undefined, calendar: midnights }, DAY)).toBe(2 * DAY)
  })

  it('of cron is asked for with the time zone, if there is one', () => {
    const asked: unknown[] = []
    const calendar: Calendar = { ...midnights, next: (expression, after) => asked.push(expression) + after }
    const spec: ScheduleSpec = { cron: '@daily', overlap: 'allow', catchUp: 'last' }
    slotAfter({ spec: { ...spec, timezone: 'Asia/Tokyo' }, anchor: undefined, calendar }, 5)
    slotAfter({ spec, anchor: undefined, calendar }, 5)
    slotAfter({ spec: { overlap: 'allow', catchUp: 'last' }, anchor: undefined, calendar }, 5)
    expect(asked).toStrictEqual([{ cron: '@daily', timezone: 'Asia/Tokyo' }, { cron: '@daily' }, { cron: '' }])
  })

  it('is not before the start and not after the end', () => {
    const slots = beat(10, { startAt: 40, endAt: 60 })
    expect([0, 40, 50, 60].map((after) => slotAfter(slots, after))).toEqual([40, 50, 60, undefined])
  })
})

describe('slots that are due', () => {
  it('are none before their time', () => {
    expect(due(beat(DAY), NOW + 1)).toEqual({ slots: [], missedBefore: undefined })
    expect(due(beat(DAY), undefined)).toEqual({ slots: [], missedBefore: undefined })
  })

  it('are fired when somebody is a little late', () => {
    for (const catchUp of ['none', 'last', 'all'] as const)
      expect(due(beat(30 * SECOND, { catchUp }), NOW - 60 * SECOND)).toEqual({
        slots: [NOW - 60 * SECOND, NOW - 30 * SECOND, NOW],
        missedBefore: undefined,
      })
  })

  it('are fired a hundred at a time', () => {
    const { slots, missedBefore } = due(beat(100), NOW - 60 * SECOND)
    expect(slots).toHaveLength(100)
    expect(slots[0]).toBe(NOW - 60 * SECOND)
    expect(missedBefore).toBeUndefined()
  })

  it.for([
    ['none', [], NOW - 90 * SECOND],
    ['last', [NOW - DAY / 2], NOW - DAY / 2],
    ['all', [NOW - 2.5 * DAY, NOW - 1.5 * DAY, NOW - DAY / 2], undefined],
  ] as [CatchUp, number[], number | undefined][])(
    'after an outage are made up for: %s',
    ([catchUp, slots, missedBefore]) => {
      const outage = { ...beat(DAY, { catchUp }), anchor: DAY / 2 }
      expect(due(outage, NOW - 2.5 * DAY)).toEqual({ slots, missedBefore })
    },
  )

  it.for([
    ['none', [NOW], NOW],
    ['last', [NOW], NOW],
    ['all', [NOW - 2 * DAY, NOW - DAY, NOW], undefined],
  ] as [CatchUp, number[], number | undefined][])(
    'after an outage that ends with a slot are: %s',
    ([catchUp, slots, missedBefore]) => {
      expect(due(beat(DAY, { catchUp }), NOW - 2 * DAY)).toEqual({ slots, missedBefore })
    },
  )

  it('are not made up for when that was too long ago', () => {
    const outage = (catchUpWindowMs: number) => ({
      ...beat(DAY, { catchUp: 'all', catchUpWindowMs }),
      anchor: DAY / 2,
    })
    expect(due(outage(2 * DAY), NOW - 9.5 * DAY)).toEqual({
      slots: [NOW - 1.5 * DAY, NOW - DAY / 2],
      missedBefore: NOW - 1.5 * DAY,
    })
    expect(due(outage(SECOND), NOW - 9.5 * DAY)).toEqual({ slots: [], missedBefore: NOW - 90 * SECOND })
  })

  it('are the latest thousand of very many', () => {
    let from: number | undefined = 0
    const fired: number[] = []
    const slots = beat(SECOND, { catchUp: 'all' })
    for (;;) {
      const { slots: some, missedBefore } = due(slots, from)
      expect(some.length).toBeLessThanOrEqual(100)
      if (missedBefore !== undefined) expect(missedBefore).toBe(some[0])
      fired.push(...some)
      from = slotAfter(slots, some.at(-1) ?? NOW)
      if (some.length === 0) break
    }
    expect(fired).toHaveLength(1_091)
    expect(fired[0]).toBe(NOW - 1_090 * SECOND)
    expect(fired.at(-1)).toBe(NOW)
  })

  it('are found after a long outage without a look at all of them', () => {
    let looks = 0
    const calendar: Calendar = {
      check: () => undefined,
      next(_, after) {
        looks += 1
        return (Math.floor(after / SECOND) + 1) * SECOND
      },
    }
    const spec: ScheduleSpec = { cron: '* * * * * *', overlap: 'allow', catchUp: 'last' }
    expect(due({ spec, anchor: undefined, calendar }, SECOND, 0.5 * SECOND).slots).toEqual([NOW])
    expect(looks).toBeLessThan(100)
  })
})
