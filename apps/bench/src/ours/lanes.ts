import { inFlightFor } from '../measure/in-flight.ts'
import type { Figures } from '../measure/line.ts'
import type { Scale } from '../measure/scale.ts'
import { chainOf } from './measured-workflows.ts'
import type { OpenPlayer } from './player.ts'

const STEPS = 3

/** Runs/s and percentiles of runs of three steps, with more and more of them in flight. They stay where they are kept. */
export const playLanes =
  (atOnce: readonly number[], longer = 1) =>
  async (scale: Scale, open: OpenPlayer): Promise<Figures> => {
    const player = open(chainOf(STEPS))
    const figures: Record<string, number> = {}
    const given = { ...scale, forMs: scale.forMs * longer }
    for (const count of atOnce) Object.assign(figures, await inFlightFor(count, given, () => player.run({ v: 0 })))
    await player.close()
    return figures
  }
