import { short } from '../report/table.ts'
import type { Kept, KeptLine } from './kept.ts'
import { markdownTable } from './markdown-table.ts'

/** A row of the table in the README: what is told of a line, in few words. */
interface Excerpt {
  readonly what: string
  readonly line: string
  /** What the row of ours says; of a ratio its upper side is shown. */
  readonly ours: string
  readonly unit: string
  /** What one of the limits says. */
  readonly atBest?: string
  /** Others, each with what the row says that tells how many times as slow they are. */
  readonly others?: Readonly<Record<string, string>>
}

const EXCERPTS: readonly Excerpt[] = [
  {
    what: 'a step of 1,000 in memory',
    line: 'P1',
    ours: 'chain of 1000, in memory',
    unit: 'µs',
    others: { Mastra: 'Mastra ÷ ours, chain of 1000' },
  },
  {
    what: 'a step of 100 in a SQLite file',
    line: 'P8',
    ours: 'a step ÷ a plain insert, NORMAL, chain of 100',
    unit: 'µs',
    atBest: 'a plain insert, NORMAL',
    others: {
      Mastra: 'Mastra libsql ÷ ours NORMAL, chain of 100',
      OpenWorkflow: 'OpenWorkflow ÷ ours NORMAL, chain of 100',
    },
  },
  {
    what: 'a step of 1,000 on Postgres',
    line: 'P5',
    ours: 'chain of 1000, ours',
    unit: 'µs',
    atBest: 'a plain insert',
    others: {
      Mastra: 'Mastra, long ÷ ours, chain of 1000',
      DBOS: 'DBOS ÷ ours, chain of 1000',
      OpenWorkflow: 'OpenWorkflow ÷ ours, chain of 1000',
    },
  },
  {
    what: 'a step of 100 that goes through Redis, evented',
    line: 'P4',
    ours: 'chain of 100, always-publish',
    unit: 'µs',
    atBest: 'a raw hop',
    others: { BullMQ: 'BullMQ ÷ always-publish, chain of 100' },
  },
  {
    what: 'runs of three steps on Postgres, 50 in flight',
    line: 'P7',
    ours: 'ours',
    unit: 'runs/s',
    atBest: 'grouped inserts',
    others: { Mastra: 'ours ÷ Mastra, runs/s', DBOS: 'ours ÷ DBOS, runs/s' },
  },
  {
    what: 'from resume to the end on Postgres',
    line: 'P9P',
    ours: 'suspended → success, ours',
    unit: 'ms',
    atBest: 'a plain insert',
    others: { Mastra: 'Mastra ÷ ours, resume', DBOS: 'DBOS ÷ ours, resume' },
  },
]

const BEGIN = '<!-- performance: short -->'
const END = '<!-- performance: end -->'

/** Puts the table between the marks of a page. */
export function withShortTable(page: string, kept: Kept): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from === -1 || to < from) throw new Error(`the page has no ${BEGIN} and ${END}`)
  return `${page.slice(0, from + BEGIN.length)}\n\n${shortTable(kept)}\n\n${page.slice(to)}`
}

export function shortTable({ lines, sessions }: Kept): string {
  const rows = EXCERPTS.flatMap((excerpt) => {
    const line = lines.find(({ id }) => id === excerpt.line)
    return line ? [cellsOf(excerpt, line)] : []
  })
  const days = [...new Set(sessions.map(({ begun }) => begun.slice(0, 10)))].sort()
  const table = markdownTable(['', 'wf', 'at best', 'others: so many times as slow'], rows)
  return `${table}\n\nMeasured on ${days.join(', ')} on one machine, side by side; medians.`
}

function cellsOf({ what, ours, unit, atBest, others = {} }: Excerpt, { rows, limits }: KeptLine): string[] {
  const row = rows.find(({ says }) => says === ours)
  const figure = row?.sides?.[0] ?? row?.spread?.median
  const limit = limits.find(({ says }) => says === atBest)
  const ratios = Object.entries(others).flatMap(([name, says]) => {
    const ratio = rows.find((one) => one.says === says)?.spread?.median
    return ratio === undefined ? [] : [`${name} ${short(ratio)}`]
  })
  return [
    what,
    figure === undefined ? 'not measured' : `${short(figure)} ${unit}`,
    limit?.spread ? `${limit.says}: ${short(limit.spread.median)} ${limit.unit}` : '',
    ratios.join(', '),
  ]
}
