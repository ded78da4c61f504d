import { quantile } from './spread.ts'

/** By the number of times of which one is slower: the places of a picture on which each further nine is as far away. */
export const PERCENTILES = { 2: 'p50', 10: 'p90', 100: 'p99', 1000: 'p99.9' } as const

type Percentile = (typeof PERCENTILES)[keyof typeof PERCENTILES]

/** Only those that so many times can tell: but for the median, none that would rest on less than one slower time. */
export function percentilesOf(taken: readonly number[]): Partial<Record<Percentile, number>> {
  const told = Object.entries(PERCENTILES).filter(
    ([oneIn, name]) => taken.length >= (name === 'p50' ? 1 : Number(oneIn)),
  )
  return Object.fromEntries(told.map(([oneIn, name]) => [name, quantile(taken, 1 - 1 / Number(oneIn))]))
}
