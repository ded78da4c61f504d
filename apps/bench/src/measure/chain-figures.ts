import type { Figures } from './line.ts'
import { type Cost, costsOf, type Play } from './repeat.ts'
import { type Scale, sized } from './scale.ts'

/** Something small that is done so many times in a row, because once is too short to be timed. */
export interface Bundle {
  readonly play: Play
  readonly count: number
}

/** What chains of so many steps are made of, and what they are compared with in the same minutes. */
export interface Chains {
  readonly playOf: (steps: number) => Play
  readonly beside: Readonly<Record<string, Bundle>>
}

/** Microseconds per step, as `chain 100` and `chain 100, CPU`, of chains that are played in turns. */
export function chainFigures(
  lengths: readonly number[],
  scale: Scale,
  playOf: (steps: number) => Play,
): Promise<Figures> {
  return chainFiguresBeside(lengths, scale, { playOf, beside: {} })
}

/** The same, and microseconds of one of each that is beside them, by its name. */
export async function chainFiguresBeside(
  lengths: readonly number[],
  scale: Scale,
  { playOf, beside }: Chains,
): Promise<Figures> {
  const all: Record<string, Bundle> = {}
  for (const length of lengths) {
    const count = sized(length, scale)
    all[`chain ${length}`] = { play: playOf(count), count }
  }
  Object.assign(all, beside)
  const plays = Object.entries(all).map(([name, { play }]) => [name, play])
  const costs: Readonly<Record<string, Cost>> = await costsOf<string>(Object.fromEntries(plays), scale)
  const figures: Record<string, number> = {}
  for (const [name, { count }] of Object.entries(all)) {
    const cost = costs[name]
    if (cost === undefined) continue
    figures[name] = (cost.ms / count) * 1_000
    figures[`${name}, CPU`] = (cost.cpuMs / count) * 1_000
  }
  return figures
}
