/** How long and how large a measurement is. */
export interface Scale {
  /** For how long one thing is repeated untimed: compiled code is some ten times as fast as fresh code. */
  readonly warmMs: number
  /** For how long it is timed after that; once at least. */
  readonly forMs: number
  /** What is left of the sizes that the lines name. */
  readonly share: number
}

export const scales = {
  full: { warmMs: 1_500, forMs: 1_000, share: 1 },
  quick: { warmMs: 500, forMs: 200, share: 1 },
  /** Proves that a line runs; its figures mean nothing. */
  tiny: { warmMs: 0, forMs: 0, share: 0.002 },
} as const satisfies Record<string, Scale>

export type ScaleName = keyof typeof scales

export function sized(size: number, { share }: Pick<Scale, 'share'>): number {
  return Math.max(2, Math.round(size * share))
}
