import { WorkflowError } from '@wf/core'

const units = {
  ms: 1,
  millisecond: 1,
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
} as const

type Unit = keyof typeof units

/** Milliseconds, or a text such as `'3 days'`. */
export type Duration = number | `${number} ${Unit}` | `${number} ${Exclude<Unit, 'ms'>}s`

export function millisecondsOf(duration: Duration): number {
  const ms = typeof duration === 'string' ? parsed(duration) : duration
  if (Number.isFinite(ms) && ms >= 0) return Math.ceil(ms)
  const text = `a duration is milliseconds, 0 or more, or a text such as "3 days" or "90 seconds", not ${JSON.stringify(duration)}`
  throw new WorkflowError('WF_INVALID_OPTION', text, { field: 'duration' })
}

function parsed(text: string): number {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?) ([a-z]+)$/.exec(text) ?? []
  const name = Object.keys(units).find((one) => unit === one || (one !== 'ms' && unit === `${one}s`))
  return name === undefined ? Number.NaN : Number(count) * units[name as Unit]
}
