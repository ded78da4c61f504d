import type { History } from './check-history.ts'
import type { Written } from './ledger.ts'

/** From each kill to the next commit of the run that it struck, by a process that was not killed then. */
export function recoveryTimes(lines: readonly Written[], histories: readonly History[]): readonly number[] {
  const byRun = new Map(histories.map((history) => [history.run, history]))
  return lines.flatMap((line) => {
    if (line.type !== 'kill') return []
    const next = byRun
      .get(line.run)
      ?.commits.find(({ at, commitId }) => at >= line.at && !commitId.startsWith(`${line.process}-`))
    return next ? [next.at - line.at] : []
  })
}
