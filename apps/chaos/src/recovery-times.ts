import type { History } from './check-history.ts'
import type { Written } from './ledger.ts'

/**
 * From each kill to the next commit of the run that it struck, by another process. A process to which the storage had
 * handed the run meanwhile, and which was killed as well, was about to recover it: then it counts from there. Where
 * there is only one process at a time that is each one.
 */
export function recoveryTimes(
  lines: readonly Written[],
  histories: readonly History[],
  processes: number,
): readonly number[] {
  const commitsOf = new Map(histories.map(({ run, commits }) => [run, commits]))
  const kills = lines.filter(({ type }) => type === 'kill')
  const handed = new Set(lines.flatMap(({ type, process, run }) => (type === 'handed' ? [`${process} ${run}`] : [])))
  return kills.flatMap((kill) => {
    const commits = commitsOf.get(kill.run) ?? []
    const next = commits.find(({ at, commitId }) => at >= kill.at && !commitId.startsWith(`${kill.process}-`))
    if (!next) return []
    const later = kills.findLast(
      ({ at, process }) => at <= next.at && (processes === 1 || handed.has(`${process} ${kill.run}`)),
    )
    return [next.at - Math.max(kill.at, later?.at ?? 0)]
  })
}
