import { type Bundle, chainFiguresBeside } from '../measure/chain-figures.ts'
import type { Figures } from '../measure/line.ts'
import type { Play } from '../measure/repeat.ts'
import type { Scale } from '../measure/scale.ts'
import { chainOf } from './measured-workflows.ts'
import type { OpenPlayer, Player } from './player.ts'

interface Compared {
  readonly open: OpenPlayer
  readonly beside: Readonly<Record<string, Bundle>>
}

/** Chains of these lengths, each on an engine of its own. */
export function playChains(lengths: readonly number[], scale: Scale, open: OpenPlayer): Promise<Figures> {
  return playChainsBeside(lengths, scale, { open, beside: {} })
}

/** The same, in turns with what they are compared with. */
export async function playChainsBeside(
  lengths: readonly number[],
  scale: Scale,
  { open, beside }: Compared,
): Promise<Figures> {
  const players: Player[] = []
  const playOf = (steps: number): Play => {
    const player = open(chainOf(steps))
    players.push(player)
    return () => player.play({ v: 0 })
  }
  const figures = await chainFiguresBeside(lengths, scale, { playOf, beside })
  for (const player of players) await player.close()
  return figures
}
