import { dirname } from 'node:path'
import type { Mutant, Verdict } from './mutant.ts'
import type { Results } from './results.ts'

type Counts = Readonly<Record<Verdict, number>>

const none: Counts = { killed: 0, 'timed out': 0, survived: 0, 'without coverage': 0 }

/** How many of each folder were found out, as a table. */
export function scoreTable(mutants: readonly Mutant[], results: Results): string {
  const rows = new Map<string, Counts>()
  for (const { file, key } of mutants) {
    const verdict = results.known.get(key)?.verdict
    if (!verdict) continue
    for (const row of [dirname(file), 'together']) {
      const counts = rows.get(row) ?? none
      rows.set(row, { ...counts, [verdict]: counts[verdict] + 1 })
    }
  }
  const lines = [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, counts]) => rowOf(name, counts))
  return `| | mutants | killed | timed out | survived | without coverage | score |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n${lines.join('\n')}`
}

function rowOf(name: string, counts: Counts): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return `| ${name} | ${all} | ${Object.values(counts).join(' | ')} | ${scoreOf(counts, all)} |`
}

function scoreOf({ killed, 'timed out': timedOut }: Counts, all: number): string {
  return `${((100 * (killed + timedOut)) / all).toFixed(1)} %`
}

/** Those that nothing has found out. */
export function survivorsOf(mutants: readonly Mutant[], results: Results): readonly Mutant[] {
  return mutants.filter(({ key }) => {
    const verdict = results.known.get(key)?.verdict
    return verdict === 'survived' || verdict === 'without coverage'
  })
}

export const tellMutant = ({ file, line, mutator, original, replacement }: Mutant): string =>
  `${file}:${line} ${mutator}\n  - ${original}\n  + ${replacement.replaceAll(/\s*\n\s*/g, ' ')}`
