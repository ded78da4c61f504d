import { attempts, type History } from './check-history.ts'
import { points } from './crash.ts'
import type { Fleet } from './fleet.ts'
import type { Written } from './ledger.ts'
import { recoveryTimes } from './recovery-times.ts'
import { claimsOf } from './told-claims.ts'
import { waitingTimes } from './waiting-times.ts'

/** Milliseconds, of so many. */
interface Times {
  readonly count: number
  readonly median: number
  readonly max: number
}

export interface Figures extends Counted {
  /** Where they met. */
  readonly on: string
  readonly seconds: number
  readonly wrong: readonly string[]
}

interface Counted {
  readonly fleet: string
  readonly processes: number
  readonly kills: Readonly<Record<string, number>>
  readonly runs: number
  /** Runs of which both engines have run bodies. */
  readonly onBothEngines: number
  readonly bodies: number
  /** Bodies that ran again because their process was lost. */
  readonly extraBodies: number
  /** Bodies whose living process was taken for dead: the machine stood still for longer than a lease. */
  readonly stalls: number
  readonly recoveryMs: Times
  /** From starts and resumes to the first claim after them. */
  readonly waitMs: Times
  /** Processes that stood still for a while, and times that a server went away. */
  readonly stops: number
  readonly outages: number
}

export function figuresOf(fleet: Fleet, lines: readonly Written[], histories: readonly History[]): Counted {
  const kills = lines.flatMap((line) => (line.type === 'kill' ? [line.point] : []))
  const bodies = lines.filter(({ type }) => type === 'body').length
  return {
    fleet: fleet.name,
    processes: fleet.workers.length,
    kills: Object.fromEntries(points.map((point) => [point, kills.filter((one) => one === point).length])),
    runs: histories.length,
    onBothEngines: histories.filter(isOnBothEngines).length,
    bodies,
    extraBodies: bodies - attempts(lines).size,
    stalls: lines.filter(({ type }) => type === 'lost').length,
    recoveryMs: timesOf(recoveryTimes(lines, histories)),
    waitMs: timesOf(waitingTimes(histories)),
    stops: lines.filter(({ type }) => type === 'stop').length,
    outages: lines.filter(({ type }) => type === 'away').length,
  }
}

function isOnBothEngines({ commits }: History): boolean {
  const claims = [...claimsOf(commits).values()]
  return new Set(claims.map(({ process }) => process.startsWith('default-'))).size === 2
}

function timesOf(times: readonly number[]): Times {
  const sorted = [...times].sort((one, other) => one - other)
  return { count: sorted.length, median: sorted[Math.floor(sorted.length / 2)] ?? 0, max: sorted.at(-1) ?? 0 }
}
