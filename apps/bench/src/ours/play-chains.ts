import type { Storage } from '@wf/core'
import { chainFigures } from '../measure/chain-figures.ts'
import type { Figures } from '../measure/line.ts'
import type { Scale } from '../measure/scale.ts'
import { chainOf } from './measured-workflows.ts'
import { createPlayer, type Player } from './player.ts'

/** Chains of these lengths in one storage, which is closed behind them. */
export async function playChains(lengths: readonly number[], scale: Scale, storage?: Storage): Promise<Figures> {
  const players: Player[] = []
  const figures = await chainFigures(lengths, scale, (steps) => {
    const player = createPlayer(chainOf(steps), { storage })
    players.push(player)
    return () => player.play({ v: 0 })
  })
  for (const player of players) await player.close()
  await storage?.close()
  return figures
}
