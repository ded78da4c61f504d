import { percentilesOf } from './percentiles.ts'
import { type Scale, sized, times } from './scale.ts'
import { quantile } from './spread.ts'

export interface Throughput {
  readonly perSecond: number
  /** Of one play, in milliseconds. */
  readonly p50: number
  readonly p99: number
}

type Work = () => Promise<unknown>

/** Compiled code is what is measured, also where few are in flight. */
const WARM_PLAYS = 1_000

/** Plays so often with so many at a time. */
export async function inFlight({ total, atOnce }: { total: number; atOnce: number }, play: Work): Promise<Throughput> {
  const { taken, seconds } = await inLanes(Math.min(atOnce, total), play, upTo(total))
  return { perSecond: total / seconds, p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) }
}

/** Plays with so many at a time for as long as the scale says, each lane once at least, and tells runs/s and percentiles. */
export async function inFlightFor(atOnce: number, scale: Scale, play: Work): Promise<Record<string, number>> {
  const lanes = sized(atOnce, scale)
  await inLanes(lanes, play, upTo(Math.max(lanes, times(WARM_PLAYS, scale))))
  const first = upTo(lanes)
  const end = performance.now() + scale.forMs
  const { taken, seconds } = await inLanes(lanes, play, () => first() || performance.now() < end)
  const figures = { [`runs/s ${atOnce}`]: taken.length / seconds }
  for (const [name, ms] of Object.entries(percentilesOf(taken))) figures[`${name} ${atOnce}`] = ms
  return figures
}

function upTo(count: number): () => boolean {
  let left = count
  return () => left-- > 0
}

async function inLanes(lanes: number, play: Work, goesOn: () => boolean) {
  const taken: number[] = []
  const begun = performance.now()
  const lane = async () => {
    while (goesOn()) {
      const start = performance.now()
      await play()
      taken.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { taken, seconds: (performance.now() - begun) / 1_000 }
}
