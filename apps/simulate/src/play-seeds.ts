import type { Scenario } from '@wf/parity-tests'
import { playOf, playOne } from './play-seed.ts'
import { MOST_SHRUNK, SHRINK_MS } from './shrink-play.ts'
import { tellFailure } from './tell-failure.ts'

export interface Tally {
  plays: number
  /** Plays by what is to be said of them. */
  readonly verdicts: Record<string, number>
  /** Faults by kind. */
  readonly injected: Record<string, number>
  occurrences: number
  bodies: number
  /** Rules of histories that were broken. */
  violations: number
  readonly failedSeeds: number[]
  /** Of plays that failed, what was played and why. */
  readonly failures: string[]
}

export const emptyTally = (): Tally => ({
  plays: 0,
  verdicts: {},
  injected: {},
  occurrences: 0,
  bodies: 0,
  violations: 0,
  failedSeeds: [],
  failures: [],
})

export interface Seeds {
  readonly from: number
  readonly to: number
  readonly step?: number
  readonly among?: readonly Scenario[] | undefined
}

/** Plays seeds from one number up to and without another, `step` apart. */
export async function playSeeds({ from, to, step = 1, among }: Seeds): Promise<Tally> {
  const tally = emptyTally()
  for (let seed = from; seed < to; seed += step) {
    const play = playOf(seed, among)
    const judgement = await playOne(play)
    const { verdict, played, bodies, violations } = judgement
    tally.plays += 1
    tally.bodies += bodies
    tally.violations += violations
    tally.occurrences += played.occurrences
    count(tally.verdicts, verdict, 1)
    for (const [kind, times] of Object.entries(played.injected)) count(tally.injected, kind, times)
    if (verdict !== 'failed') continue
    tally.failedSeeds.push(seed)
    const isShrunk = tally.failures.length < MOST_SHRUNK
    tally.failures.push(await tellFailure(play, judgement, isShrunk ? { ms: SHRINK_MS } : undefined))
  }
  return tally
}

export function count(counts: Record<string, number>, name: string, times: number): void {
  counts[name] = (counts[name] ?? 0) + times
}
