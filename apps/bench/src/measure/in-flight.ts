import { quantile } from './spread.ts'

export interface Throughput {
  readonly perSecond: number
  /** Of one play, in milliseconds. */
  readonly p50: number
  readonly p99: number
}

/** Plays so often with so many at a time. */
export async function inFlight(
  { total, atOnce }: { total: number; atOnce: number },
  play: () => Promise<unknown>,
): Promise<Throughput> {
  const taken: number[] = []
  let left = total
  const begun = performance.now()
  const lane = async () => {
    while (left > 0) {
      left -= 1
      const start = performance.now()
      await play()
      taken.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, total) }, lane))
  const seconds = (performance.now() - begun) / 1_000
  return { perSecond: total / seconds, p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) }
}
