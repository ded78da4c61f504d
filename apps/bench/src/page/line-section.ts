import { bound, short } from '../report/table.ts'
import { inTheWay } from './in-the-way.ts'
import type { Kept, KeptLine, KeptRow } from './kept.ts'
import { markdownTable } from './markdown-table.ts'

/** How many targets of each line are met. */
export function overview({ lines }: Kept): string {
  const rows = lines.map(({ id, title, rows }) => {
    const judged = rows.filter(({ met }) => met !== undefined)
    const missing = rows.filter(({ target, met }) => target && met === undefined)
    const met = `${judged.filter((row) => row.met).length} of ${judged.length}`
    return [`[${id}](#${id.toLowerCase()})`, title, met, missing.length > 0 ? String(missing.length) : '']
  })
  return markdownTable(['line', 'what', 'targets met', 'not measured'], rows)
}

export function lineSection({ id, title, rows, limits, parts }: KeptLine): string {
  const missed = rows.filter(({ met }) => met === false)
  return [
    `### ${id}`,
    `${title[0]?.toUpperCase()}${title.slice(1)}.`,
    markdownTable(['what', 'target', 'median', 'least … greatest', 'sides', 'met'], rows.map(cellsOf)),
    ...(limits.length > 0 ? [`At best, in the same rounds: ${limits.map(limit).join('; ')}.`] : []),
    ...(missed.length > 0 ? [`Not met: ${missed.map(({ says }) => says).join('; ')}. ${inTheWay[id]}`] : []),
    ...(missed.length > 0 && parts ? [whereTimeGoes(parts)] : []),
  ].join('\n\n')
}

function cellsOf({ says, unit, target, spread, sides, met }: KeptRow): string[] {
  return [
    says,
    target ? bound(target, unit) : '',
    spread ? `${short(spread.median)} ${unit}`.trim() : 'not measured',
    spread ? `${short(spread.min)} … ${short(spread.max)}` : '',
    sides ? sides.map(short).join(' ÷ ') : '',
    met === undefined ? '' : met ? 'yes' : '**no**',
  ]
}

function whereTimeGoes(parts: NonNullable<KeptLine['parts']>): string {
  const told = Object.entries(parts).map(([contestant, some]) => {
    const shares = some.map(({ part, share }) => `${part} ${Math.round(share * 100)} %`)
    return `- ${contestant}: ${shares.join(', ')}`
  })
  return ['Where the time of their processes went, by a profile from begin to end:', '', ...told].join('\n')
}

const limit = ({ says, unit, spread }: KeptRow): string =>
  `${says} ${spread ? `${short(spread.median)} ${unit}` : 'was not measured'}`
