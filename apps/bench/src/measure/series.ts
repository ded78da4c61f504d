import type { Series, Side } from './curve.ts'

interface Shown {
  readonly side: Side
  readonly at: readonly number[]
  /** What a contestant calls its figure at a place. */
  readonly figure: (at: number) => string
}

/** A line of a picture for each of these contestants, which bears its name. */
export const seriesOf = (names: readonly string[], { side, at, figure }: Shown): Series[] =>
  names.map((name) => ({ says: name, side, at, figure: (place) => ({ of: name, figure: figure(place) }) }))
