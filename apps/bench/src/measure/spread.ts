export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** The value below which this share of the numbers lies; the middle of two for the median of an even count. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5)
}

export function spreadOf(numbers: readonly number[]): Spread {
  return { median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers) }
}
