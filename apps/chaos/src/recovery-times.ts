import type { History } from './check-history.ts'
import type { Written } from './ledger.ts'
import { claimsOf } from './told-claims.ts'

interface GoneOn {
  readonly run: string
  readonly at: number
}

/**
 * From each kill to the claims that supersede those of the killed process, and to the next commit of the run at which
 * it was struck, by another process. A process to which the storage had handed the run meanwhile, and which was killed
 * as well, was about to recover it: then it counts from there. While nobody works it does not count.
 */
export function recoveryTimes(lines: readonly Written[], histories: readonly History[]): readonly number[] {
  const kills = lines.filter(({ type }) => type === 'kill')
  const revivals = revivalsOf(lines)
  const takenOver = takenOverFrom(histories)
  return kills.flatMap((kill) => {
    const lost = takenOver.get(kill.process) ?? []
    const goneOn = lost.some(({ run }) => run === kill.run) ? lost : [...lost, ...nextCommit(kill, histories)]
    return goneOn.map(({ run, at }) => {
      const hopefuls = handedTo(run, lines, { since: kill.at, until: at })
      const last = kills.findLast((later) => later.at <= at && hopefuls.has(later.process))
      const revival = revivals.findLast((moment) => moment <= at)
      return at - Math.max(kill.at, last?.at ?? 0, revival ?? 0)
    })
  })
}

/** When claims were superseded, by the process that had made them. */
function takenOverFrom(histories: readonly History[]): ReadonlyMap<string, readonly GoneOn[]> {
  const found = new Map<string, GoneOn[]>()
  for (const { run, commits } of histories) {
    const claims = claimsOf(commits)
    const seen = new Set<number>()
    for (const { at, over } of claims.values()) {
      const lost = over === undefined || seen.has(over) ? undefined : claims.get(over)
      if (over === undefined || !lost) continue
      seen.add(over)
      found.set(lost.process, [...(found.get(lost.process) ?? []), { run, at }])
    }
  }
  return found
}

function nextCommit(kill: Written, histories: readonly History[]): readonly GoneOn[] {
  const commits = histories.find(({ run }) => run === kill.run)?.commits ?? []
  const next = commits.find(({ at, commitId }) => at >= kill.at && !commitId.startsWith(`${kill.process}-`))
  return next ? [{ run: kill.run, at: next.at }] : []
}

interface Span {
  readonly since: number
  readonly until: number
}

/** The processes that the storage has handed a run in this time. */
function handedTo(run: string, lines: readonly Written[], { since, until }: Span): ReadonlySet<string> {
  const handed = lines.filter((line) => line.type === 'handed' && line.run === run)
  return new Set(handed.filter(({ at }) => at >= since && at <= until).map(({ process }) => process))
}

/** When a process became ready while no other one was there to work. */
function revivalsOf(lines: readonly Written[]): readonly number[] {
  const alive = new Set<string>()
  return lines.flatMap(({ type, process, at }) => {
    if (type === 'kill') alive.delete(process)
    if (type !== 'ready') return []
    alive.add(process)
    return alive.size === 1 ? [at] : []
  })
}
