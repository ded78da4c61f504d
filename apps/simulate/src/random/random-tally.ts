import { count } from '../play-seeds.ts'

/** What came of the seeds that were played. Plain data, as it is kept in a file. */
export interface RandomTally {
  seeds: number
  /** Each seed is one run in each of three worlds. */
  runs: number
  /** Bodies that began. */
  steps: number
  /** How often runs came to rest, at their ends too. */
  rests: number
  occurrences: number
  /** Runs that came to what is right in another order of what runs side by side. */
  otherOrders: number
  violations: number
  /** Runs by how they ended. */
  readonly ends: Record<string, number>
  readonly faults: Record<string, number>
  readonly failedSeeds: number[]
  readonly failures: string[]
}

export const emptyRandomTally = (): RandomTally => ({
  seeds: 0,
  runs: 0,
  steps: 0,
  rests: 0,
  occurrences: 0,
  otherOrders: 0,
  violations: 0,
  ends: {},
  faults: {},
  failedSeeds: [],
  failures: [],
})

const counted = ['seeds', 'runs', 'steps', 'rests', 'occurrences', 'otherOrders', 'violations'] as const

export function addTally(tally: RandomTally, part: RandomTally): void {
  for (const name of counted) tally[name] += part[name]
  for (const name of ['ends', 'faults'] as const)
    for (const [kind, times] of Object.entries(part[name])) count(tally[name], kind, times)
  tally.failedSeeds.push(...part.failedSeeds)
  tally.failures.push(...part.failures)
}
