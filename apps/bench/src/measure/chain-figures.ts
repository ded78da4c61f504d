import type { Figures } from './line.ts'
import { mediansOf, type Play } from './repeat.ts'
import { type Scale, sized } from './scale.ts'

/** Microseconds per step, as `chain 100`, of chains that are played in turns. */
export async function chainFigures(
  lengths: readonly number[],
  scale: Scale,
  playOf: (steps: number) => Play,
): Promise<Figures> {
  const plays = Object.fromEntries(lengths.map((length) => [String(length), playOf(sized(length, scale))]))
  const ms = await mediansOf(plays, scale)
  return Object.fromEntries(
    lengths.map((length) => [`chain ${length}`, ((ms[length] ?? Number.NaN) / sized(length, scale)) * 1_000]),
  )
}
