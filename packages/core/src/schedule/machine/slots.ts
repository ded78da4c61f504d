import type { Calendar } from '../../contracts/calendar.js'
import type { ScheduleSpec } from './event.js'

/** Slots that one look fires at most; the next one follows at once. */
const MOST_AT_ONCE = 100

/** Slots of an outage that are made up for at most: the latest. */
const MOST_MISSED = 1_000

const MINUTE = 60_000

/** What is asked of a timetable. */
export interface Slots {
  readonly spec: ScheduleSpec
  readonly anchor: number | undefined
  readonly calendar: Calendar | undefined
}

/** The first slot after a moment; `undefined`: there is none. */
export function slotAfter({ spec, anchor = 0, calendar }: Slots, moment: number): number | undefined {
  const { startAt = Number.NEGATIVE_INFINITY, endAt = Number.POSITIVE_INFINITY } = spec
  const after = Math.max(moment, startAt - 1)
  const slot = spec.everyMs === undefined ? onCalendar(spec, calendar, after) : onBeat(spec.everyMs, anchor, after)
  return slot === undefined || slot > endAt ? undefined : slot
}

function onCalendar({ cron = '', timezone }: ScheduleSpec, calendar: Calendar | undefined, after: number) {
  return calendar?.next({ cron, ...(timezone !== undefined && { timezone }) }, after)
}

/** The anchor is the first one. */
function onBeat(everyMs: number, anchor: number, after: number): number {
  if (after < anchor) return anchor
  return anchor + (Math.floor((after - anchor) / everyMs) + 1) * everyMs
}

export interface Moment {
  readonly now: number
  /** A slot that is fired so much later still is in time. */
  readonly graceMs: number
}

/** What is to be done about the slots that have come. */
export interface Due {
  /** In their order. There may be more than these. */
  readonly slots: readonly number[]
  /** Those from the first one that is due and before this moment are left out. */
  readonly missedBefore: number | undefined
}

/** `from` is the first slot of which nothing has become. */
export function dueSlots(slots: Slots, from: number | undefined, moment: Moment): Due {
  if (from === undefined || from > moment.now) return { slots: [], missedBefore: undefined }
  const inTimeFrom = moment.now - moment.graceMs
  const made = from < inTimeFrom ? madeUp(slots, from, moment) : []
  const inTime = between(slots, { from: Math.max(from, inTimeFrom), to: moment.now }, MOST_AT_ONCE)
  const due = chosen(slots.spec, made, inTime)
  const first = due[0] ?? inTimeFrom
  return { slots: due.slice(0, MOST_AT_ONCE), missedBefore: from < first ? first : undefined }
}

function chosen({ catchUp }: ScheduleSpec, made: readonly number[], inTime: readonly number[]): readonly number[] {
  if (catchUp === 'all') return [...made, ...inTime]
  return inTime.length > 0 ? inTime : made
}

/** The missed slots for which it is not too late. */
function madeUp(slots: Slots, from: number, { now, graceMs }: Moment): readonly number[] {
  const { catchUp, catchUpWindowMs = Number.POSITIVE_INFINITY } = slots.spec
  if (catchUp === 'none') return []
  const span = { from: Math.max(from, now - catchUpWindowMs), to: now - graceMs - 1 }
  return latest(slots, span, catchUp === 'last' ? 1 : MOST_MISSED)
}

interface Span {
  readonly from: number
  /** It belongs to the span. */
  readonly to: number
}

/** Looks back ever further until there are enough: an outage may have been long, and slots many. */
function latest(slots: Slots, span: Span, count: number): readonly number[] {
  for (let backMs = MINUTE; ; backMs *= 4) {
    const from = Math.max(span.from, span.to - backMs)
    const found = between(slots, { from, to: span.to })
    if (found.length >= count || from === span.from) return found.slice(-count)
  }
}

function between(slots: Slots, { from, to }: Span, most = Number.POSITIVE_INFINITY): readonly number[] {
  const found: number[] = []
  for (let slot = slotAfter(slots, from - 1); slot !== undefined && slot <= to; slot = slotAfter(slots, slot)) {
    found.push(slot)
    if (found.length === most) break
  }
  return found
}
