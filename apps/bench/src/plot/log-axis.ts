export interface LogAxis {
  /** Where a number lies, in pixels. */
  place(number: number): number
  readonly ticks: readonly number[]
}

export interface Extent {
  readonly least: number
  readonly most: number
}

/** An axis on which each further power of ten is as far away, between two pixels; the first may be the larger one. */
export function logAxis({ least, most }: Extent, [first, last]: readonly [number, number]): LogAxis {
  const [from, to] = [Math.log10(least), Math.log10(most)]
  const place = (number: number) => first + ((Math.log10(number) - from) / (to - from)) * (last - first)
  return { place, ticks: ticksBetween({ least, most }) }
}

/** The least extent of round numbers around all of these; room for a line even where they are all the same. */
export function roundExtent(numbers: readonly number[]): Extent {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  const below = roundNumbers(Math.floor(Math.log10(least))).filter((one) => one <= least)
  const above = roundNumbers(Math.floor(Math.log10(most))).filter((one) => one > most)
  return { least: below.at(-1) ?? least, most: above[0] ?? most }
}

/** Powers of ten where there are some, else finer ones. */
function ticksBetween({ least, most }: Extent): number[] {
  const [from, to] = [Math.floor(Math.log10(least)), Math.floor(Math.log10(most))]
  const exponents = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const all = [...new Set(exponents.flatMap(roundNumbers))]
  const within = all.filter((one) => one >= least && one <= most)
  const powers = within.filter((one) => /^(1|0\.0*1)0*$/.test(String(one)))
  return powers.length >= 3 ? powers : within
}

/** 1, 2, 5 and 10 times a power of ten, written without the dust of multiplication. */
const roundNumbers = (exponent: number): number[] => [1, 2, 5, 10].map((digit) => Number(`${digit}e${exponent}`))
