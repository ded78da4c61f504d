import type { Workflow } from '@wf/core'
import type { Figures } from '../measure/line.ts'
import { type Cost, costsOf, type Play } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { branchesOf, itemsOf } from './measured-workflows.ts'
import type { OpenPlayer, Player } from './player.ts'

export const ITEMS = [1_000, 10_000] as const
export const BRANCHES = 1_000
export const CONCURRENCY = 10

interface Fans {
  readonly items: readonly number[]
  readonly branches: readonly number[]
}

/** Milliseconds of a `foreach` over few and many items and of a `parallel`, and of an item of each `foreach`. */
export async function playFans(
  scale: Scale,
  open: OpenPlayer,
  { items, branches }: Fans = { items: ITEMS, branches: [BRANCHES] },
): Promise<Figures> {
  const players: Player[] = []
  const play = (workflow: Workflow, inputData: unknown): Play => {
    const player = open(workflow)
    players.push(player)
    return () => player.play(inputData)
  }
  const plays: Record<string, Play> = {}
  for (const count of items) plays[`foreach ${count}`] = play(itemsOf(CONCURRENCY), valuesOf(sized(count, scale)))
  for (const count of branches) plays[`parallel ${count}`] = play(branchesOf(sized(count, scale)), { v: 0 })
  const costs: Readonly<Record<string, Cost>> = await costsOf(plays, scale)
  for (const player of players) await player.close()
  const figures: Record<string, number> = {}
  for (const [name, { ms, cpuMs }] of Object.entries(costs)) {
    figures[name] = ms
    figures[`${name}, CPU`] = cpuMs
  }
  for (const count of items)
    figures[`foreach ${count}, each`] = (figures[`foreach ${count}`] ?? 0) / sized(count, scale)
  return figures
}

export const valuesOf = (count: number) => Array.from({ length: count }, (_, v) => ({ v }))
