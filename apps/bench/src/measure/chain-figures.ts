import type { Figures } from './line.ts'
import { type Cost, costsOf, type Play } from './repeat.ts'
import { type Scale, sized } from './scale.ts'

/** What chains of so many steps are made of, and what they are compared with in the same minutes. */
export interface Chains {
  readonly playOf: (steps: number) => Play
  readonly beside: Readonly<Record<string, Play>>
}

/** Microseconds per step, as `chain 100` and `chain 100, CPU`, of chains that are played in turns. */
export function chainFigures(
  lengths: readonly number[],
  scale: Scale,
  playOf: (steps: number) => Play,
): Promise<Figures> {
  return chainFiguresBeside(lengths, scale, { playOf, beside: {} })
}

/** The same, and microseconds of what is beside them, by its name. */
export async function chainFiguresBeside(
  lengths: readonly number[],
  scale: Scale,
  { playOf, beside }: Chains,
): Promise<Figures> {
  const plays = lengths.map((length) => [`chain ${length}`, playOf(sized(length, scale))])
  const all: Record<string, Play> = { ...Object.fromEntries(plays), ...beside }
  const costs: Readonly<Record<string, Cost>> = await costsOf<string>(all, scale)
  const costOf = (name: string): Cost => costs[name] ?? { ms: Number.NaN, cpuMs: Number.NaN }
  const figures: Record<string, number> = {}
  for (const length of lengths) {
    const name = `chain ${length}`
    const { ms, cpuMs } = costOf(name)
    figures[name] = (ms / sized(length, scale)) * 1_000
    figures[`${name}, CPU`] = (cpuMs / sized(length, scale)) * 1_000
  }
  for (const name of Object.keys(beside)) figures[name] = costOf(name).ms * 1_000
  return figures
}
