import type { Figures } from './line.ts'
import { type Cost, costsOf, type Play } from './repeat.ts'
import { type Scale, sized } from './scale.ts'

/** Microseconds per step, as `chain 100` and `chain 100, CPU`, of chains that are played in turns. */
export async function chainFigures(
  lengths: readonly number[],
  scale: Scale,
  playOf: (steps: number) => Play,
): Promise<Figures> {
  const plays = lengths.map((length) => [`chain ${length}`, playOf(sized(length, scale))])
  const costs: Readonly<Record<string, Cost>> = await costsOf<string>(Object.fromEntries(plays), scale)
  const figures: Record<string, number> = {}
  for (const length of lengths) {
    const name = `chain ${length}`
    const { ms, cpuMs } = costs[name] ?? { ms: Number.NaN, cpuMs: Number.NaN }
    figures[name] = (ms / sized(length, scale)) * 1_000
    figures[`${name}, CPU`] = (cpuMs / sized(length, scale)) * 1_000
  }
  return figures
}
