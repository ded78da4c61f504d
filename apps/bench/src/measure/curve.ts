import { figureIn, type Round } from './judge.ts'
import type { Contest, Source } from './line.ts'
import { type Spread, spreadOf } from './spread.ts'

export interface Axis {
  readonly says: string
  readonly unit: string
  /** Places that have names; without them the axis shows powers of ten. */
  readonly ticks?: readonly { readonly at: number; readonly says: string }[]
}

/** Whose figures a line of a picture shows: ours, a peer's, or what the machine gives at best. */
export type Side = 'ours' | 'peer' | 'limit'

/** One line of a picture: a figure of a contestant at each of some places. */
export interface Series {
  readonly says: string
  readonly side: Side
  readonly at: readonly number[]
  readonly figure: (at: number) => Source
}

/** What is told as a picture: how a figure changes along with something. Both axes are logarithmic. */
export interface Curve extends Contest {
  /** What is to be seen, in one or two sentences. */
  readonly says: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
}

export interface Point extends Spread {
  readonly at: number
}

export interface MeasuredSeries {
  readonly says: string
  readonly side: Side
  readonly points: readonly Point[]
}

/** Medians over the rounds; a place that nobody measured has no point, and nothing is drawn in between. */
export function pointsOf(series: Series, rounds: readonly Round[]): Point[] {
  return series.at.flatMap((at) => {
    const source = series.figure(at)
    const measured = rounds.map((round) => figureIn(round, source)).filter(Number.isFinite)
    return measured.length > 0 ? [{ at, ...spreadOf(measured) }] : []
  })
}
