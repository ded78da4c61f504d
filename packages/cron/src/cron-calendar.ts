import type { Calendar, CalendarSpec } from '@wf/core'
import { Cron } from 'croner'

/** Expressions that stay parsed: reading one takes as long as asking it for some dozen moments. */
const MOST_PARSED = 1_000

const DEFAULT_ZONE = 'UTC'

const parsed = new Map<string, Cron>()

/** Five to seven parts, or a nickname such as `@daily`; in an IANA time zone, with its daylight saving time. */
export const cronCalendar: Calendar = Object.freeze({
  check(spec) {
    if (!isZone(spec.timezone)) return { field: 'timezone', problem: 'is no IANA time zone, such as Europe/Berlin' }
    try {
      parse(spec)
      return undefined
    } catch (error) {
      return { field: 'cron', problem: `is no cron expression: ${textOf(error)}` }
    }
  },
  next: (spec, after) => cronOf(spec).nextRun(new Date(after))?.getTime(),
} satisfies Calendar)

function cronOf(spec: CalendarSpec): Cron {
  const key = `${spec.timezone ?? DEFAULT_ZONE} ${spec.cron}`
  const known = parsed.get(key)
  if (known) return known
  if (parsed.size >= MOST_PARSED) parsed.clear()
  const cron = parse(spec)
  parsed.set(key, cron)
  return cron
}

function parse({ cron, timezone = DEFAULT_ZONE }: CalendarSpec): Cron {
  // The library also takes a date for an expression, which would be no timetable.
  if (/^\s*\d{4}-/.test(cron)) throw new TypeError('five to seven parts are expected, not a date')
  return new Cron(cron, { timezone, paused: true })
}

function isZone(timezone: string = DEFAULT_ZONE): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone })
    return true
  } catch {
    return false
  }
}

/** Without the name that the library gives to the place in its own code. */
const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^CronPattern: /, '')
