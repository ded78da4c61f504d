import type { Verdict } from '../measure/judge.ts'
import type { Target } from '../measure/line.ts'

export interface Judged {
  readonly id: string
  readonly verdicts: readonly Verdict[]
}

const HEADINGS = ['line', 'what', 'target', 'median', 'min … max', 'sides', 'met']

/** All rows, in columns. */
export function tableOf(judged: readonly Judged[]): string {
  const rows = [HEADINGS, ...judged.flatMap(({ id, verdicts }) => verdicts.map((verdict) => rowOf(id, verdict)))]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const printed = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [printed[0], widths.map((width) => '─'.repeat(width)).join('  '), ...printed.slice(1)].join('\n')
}

function rowOf(id: string, { says, unit, target, spread, sides, met }: Verdict): string[] {
  return [
    id,
    says,
    target ? bound(target, unit) : '',
    spread ? `${short(spread.median)} ${unit}` : 'not measured',
    spread ? `${short(spread.min)} … ${short(spread.max)}` : '',
    sides ? sides.map(short).join(' / ') : '',
    met === undefined ? '' : met ? 'yes' : 'NO',
  ]
}

export function bound(target: Target, unit: string): string {
  return 'atMost' in target ? `≤ ${short(target.atMost)} ${unit}` : `≥ ${short(target.atLeast)} ${unit}`
}

/** Three digits that mean something. */
export function short(number: number): string {
  if (Math.abs(number) >= 100) return Math.round(number).toLocaleString('en')
  return String(Number(number.toPrecision(3)))
}
