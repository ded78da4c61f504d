import { inFlight } from './in-flight.ts'
import type { Figures } from './line.ts'
import { type Scale, times } from './scale.ts'

export interface Host {
  readonly play: () => Promise<unknown>
  readonly close: () => Promise<void>
}

export interface Amounts {
  readonly few: number
  readonly many: number
  readonly runs: number
}

/** Runs/s with few and with many at once: warm, and each on a host that holds nothing yet. */
export async function throughput({ few, many, runs }: Amounts, scale: Scale, open: () => Host): Promise<Figures> {
  const figures: Record<string, number> = {}
  const once = async (share: number, atOnce: number) => {
    const { play, close } = open()
    const measured = await inFlight({ total: times(runs * share, scale), atOnce }, play)
    await close()
    return measured
  }
  for (const atOnce of [few, many]) await once(1 / 2, atOnce)
  for (const atOnce of [few, many]) {
    const { perSecond, p50, p99 } = await once(1, atOnce)
    figures[`runs/s ${atOnce}`] = perSecond
    figures[`p99 ÷ p50 ${atOnce}`] = p99 / p50
  }
  return figures
}
