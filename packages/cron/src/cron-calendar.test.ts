import type { CalendarSpec } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { cronCalendar } from './index.js'

const BERLIN = 'Europe/Berlin'

/** The moments after this one. */
function moments(spec: CalendarSpec, after: string, count: number): string[] {
  const found: string[] = []
  let moment: number | undefined = Date.parse(after)
  while (moment !== undefined && found.length < count) {
    moment = cronCalendar.next(spec, moment)
    if (moment !== undefined) found.push(new Date(moment).toISOString().replace('.000Z', 'Z'))
  }
  return found
}

describe('the calendar', () => {
  it.for([
    ['*/20 * * * *', ['00:20', '00:40', '01:00']],
    ['@hourly', ['01:00', '02:00', '03:00']],
    ['0 30 */6 * * *', ['00:30', '06:30', '12:30']],
    ['0 0 12 1 1 * 2030', ['12:00']],
    ['0 0 30 2 *', []],
  ] as const)('reads %s', ([cron, times]) => {
    expect(moments({ cron }, '2030-01-01T00:00:00Z', 3)).toEqual(times.map((time) => `2030-01-01T${time}:00Z`))
  })

  it('goes by UTC unless it is told a zone', () => {
    expect(moments({ cron: '0 9 * * *' }, '2030-07-01T00:00:00Z', 1)).toEqual(['2030-07-01T09:00:00Z'])
    expect(moments({ cron: '0 9 * * *', timezone: BERLIN }, '2030-07-01T00:00:00Z', 1)).toEqual([
      '2030-07-01T07:00:00Z',
    ])
  })

  it('answers with what comes after a moment, never with the moment itself', () => {
    expect(moments({ cron: '0 * * * *' }, '2030-01-01T00:00:00.000Z', 1)).toEqual(['2030-01-01T01:00:00Z'])
    expect(moments({ cron: '0 * * * *' }, '2029-12-31T23:59:59.999Z', 1)).toEqual(['2030-01-01T00:00:00Z'])
  })

  it('has a time of day that spring leaves out once, at the end of the gap', () => {
    expect(moments({ cron: '30 2 * * *', timezone: BERLIN }, '2030-03-30T12:00:00Z', 2)).toEqual([
      '2030-03-31T01:00:00Z',
      '2030-04-01T00:30:00Z',
    ])
  })

  it('has a time of day that autumn doubles once, the first time', () => {
    expect(moments({ cron: '30 2 * * *', timezone: BERLIN }, '2030-10-26T12:00:00Z', 2)).toEqual([
      '2030-10-27T00:30:00Z',
      '2030-10-28T01:30:00Z',
    ])
  })

  it('has each hour of a day of 23 or 25 hours once', () => {
    expect(moments({ cron: '30 * * * *', timezone: BERLIN }, '2030-03-30T23:00:00Z', 3)).toEqual([
      '2030-03-30T23:30:00Z',
      '2030-03-31T00:30:00Z',
      '2030-03-31T01:30:00Z',
    ])
    expect(moments({ cron: '30 * * * *', timezone: BERLIN }, '2030-10-26T23:00:00Z', 3)).toEqual([
      '2030-10-26T23:30:00Z',
      '2030-10-27T00:30:00Z',
      '2030-10-27T01:30:00Z',
    ])
  })

  it.for(['', 'soon', '* * *', '61 * * * *', '* * * * * * * *', '@sometimes', '2030-01-01T00:00:00'])(
    'says what is wrong with the expression %j',
    (cron) => {
      expect(cronCalendar.check({ cron })).toEqual({ field: 'cron', problem: expect.stringContaining('cron') })
    },
  )

  it('says what is wrong with a zone', () => {
    const wrong = cronCalendar.check({ cron: '* * * * *', timezone: 'Mars/Base' })
    expect(wrong).toEqual({ field: 'timezone', problem: expect.stringContaining('IANA') })
  })

  it('finds nothing wrong with what it reads', () => {
    expect(cronCalendar.check({ cron: '@daily', timezone: BERLIN })).toBeUndefined()
    expect(cronCalendar.check({ cron: '0 0 0 L * * *' })).toBeUndefined()
  })

  it('forgets expressions that it has read when there are many', () => {
    for (let hour = 0; hour < 24; hour += 1)
      for (let minute = 0; minute < 60; minute += 1)
        expect(cronCalendar.next({ cron: `${minute} ${hour} * * *` }, 0)).toBe(
          (hour * 60 + minute) * 60_000 || 86_400_000,
        )
  })
})
