export interface Room {
  readonly top: number
  readonly bottom: number
  /** What two labels need between them. */
  readonly gap: number
}

/** Moves labels down, and up again where there is no more room, until none covers another; their order stays. */
export function spreadLabels(wanted: readonly number[], { top, bottom, gap }: Room): number[] {
  const order = wanted.map((_, index) => index).sort((one, other) => (wanted[one] ?? 0) - (wanted[other] ?? 0))
  const placed: number[] = []
  let next = top
  for (const index of order) {
    const place = Math.max(next, wanted[index] ?? top)
    placed[index] = place
    next = place + gap
  }
  let last = bottom
  for (const index of order.toReversed()) {
    placed[index] = Math.min(last, placed[index] ?? last)
    last = (placed[index] ?? last) - gap
  }
  return placed
}
