import { inFlightFor } from '../measure/in-flight.ts'
import type { Figures } from '../measure/line.ts'
import { longer, type Scale } from '../measure/scale.ts'
import { chainOf } from './measured-workflows.ts'
import type { OpenPlayer } from './player.ts'

const STEPS = 3

/** Runs/s and percentiles of runs of three steps, with more and more of them in flight. They stay where they are kept. */
export const playLanes =
  (atOnce: readonly number[], factor = 1) =>
  async (scale: Scale, open: OpenPlayer): Promise<Figures> => {
    const player = open(chainOf(STEPS))
    const figures: Record<string, number> = {}
    const play = () => player.run({ v: 0 })
    for (const count of atOnce) Object.assign(figures, await inFlightFor(count, longer(scale, factor), play))
    await player.close()
    return figures
  }
