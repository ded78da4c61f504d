/** How long and how large a measurement is. */
export interface Scale {
  /** CPU time for which one thing is repeated untimed: compiled code is some ten times as fast as fresh code. */
  readonly warmMs: number
  /** The same for each further thing in that process, which has most of its code in common with the first. */
  readonly warmOthersMs: number
  /** For how long it is timed after that; once at least. */
  readonly forMs: number
  /** Two things that are compared are timed in turns, in so many slices each. */
  readonly slices: number
  /** What is left of the sizes that the lines name. */
  readonly share: number
  /** What is left of how often something is done at a time. */
  readonly effort: number
}

export const scales = {
  full: { warmMs: 1_200, warmOthersMs: 800, forMs: 800, slices: 4, share: 1, effort: 1 },
  /** Warm by half and timed once: enough to see that something became twice as slow. */
  quick: { warmMs: 400, warmOthersMs: 100, forMs: 60, slices: 1, share: 1, effort: 0.2 },
  /** Proves that a line runs; its figures mean nothing. */
  tiny: { warmMs: 0, warmOthersMs: 0, forMs: 0, slices: 1, share: 0.002, effort: 0.002 },
} as const satisfies Record<string, Scale>

export type ScaleName = keyof typeof scales

/** The length or width that a line names. */
export function sized(size: number, { share }: Scale): number {
  return Math.max(2, Math.round(size * share))
}

/** A scale whose things are timed for so many times as long. */
export const longer = (scale: Scale, factor: number): Scale => ({ ...scale, forMs: scale.forMs * factor })

/** How many runs are enough. */
export function times(count: number, { effort }: Scale): number {
  return Math.max(2, Math.round(count * effort))
}
