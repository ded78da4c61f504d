import { TIMEZONE } from './errand.ts'

export interface Slot {
  readonly schedule: string
  readonly at: number
  readonly run: string
}

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const HALF_PAST_TWO = 150

export const SCHEDULES = ['tens', 'hourly', 'halves', 'nightly'].map(idOf)

/** The clock on the wall. */
interface Wall {
  readonly day: string
  readonly minuteOfDay: number
}

const berlin = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIMEZONE,
  dateStyle: 'short',
  timeStyle: 'short',
  hourCycle: 'h23',
})

function wallAt(moment: number): Wall {
  const [day = '', time = ''] = berlin.format(moment).split(', ')
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return { day, minuteOfDay: hour * 60 + minute }
}

/** Those that go by what the clock shows at a minute, whatever it showed before. */
const byTheWall: Readonly<Record<string, (minuteOfDay: number) => boolean>> = {
  tens: (minute) => minute % 10 === 0,
  hourly: (minute) => minute % 60 === 0,
  halves: (minute) => minute === 120 || minute === HALF_PAST_TWO,
}

/**
 * What is to run after one moment and until another, found minute by minute and without what the product goes by. Once each
 * day, when the clock shows half past two for the first time, or more for want of it, the nightly one is due.
 */
export function expectedSlots(after: number, until: number): readonly Slot[] {
  const slots: Slot[] = []
  const nights = new Set<string>()
  const first = after - (after % MINUTE) - DAY
  for (let at = first; at <= until; at += MINUTE) {
    const { day, minuteOfDay } = wallAt(at)
    const due = Object.keys(byTheWall).filter((id) => byTheWall[id]?.(minuteOfDay))
    if (minuteOfDay >= HALF_PAST_TWO && !nights.has(day)) {
      nights.add(day)
      due.push('nightly')
    }
    // What is before only tells which nights are over.
    if (at > after) slots.push(...due.map((id) => slotOf(id, at)))
  }
  return slots
}

function slotOf(id: string, at: number): Slot {
  const schedule = idOf(id)
  return { schedule, at, run: `sched:${schedule}:${new Date(at).toISOString()}` }
}

/** As one that is declared with a workflow is called. */
function idOf(id: string): string {
  return `wf_errand_${id}`
}
