import { chainFigures } from '../measure/chain-figures.ts'
import type { Figures } from '../measure/line.ts'
import type { Scale } from '../measure/scale.ts'
import { chainOf } from './measured-workflows.ts'
import type { OpenPlayer, Player } from './player.ts'

/** Chains of these lengths, each on an engine of its own. */
export async function playChains(lengths: readonly number[], scale: Scale, open: OpenPlayer): Promise<Figures> {
  const players: Player[] = []
  const figures = await chainFigures(lengths, scale, (steps) => {
    const player = open(chainOf(steps))
    players.push(player)
    return () => player.play({ v: 0 })
  })
  for (const player of players) await player.close()
  return figures
}
