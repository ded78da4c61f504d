/** Repeatable chance: the same seed gives the same numbers for ever, on every machine. */
export interface RandomStream {
  /** From 0 up to and without 1. */
  next(): number
  /** A whole number from 0 up to and without `count`. */
  below(count: number): number
  /** A whole number, both ends included. */
  between(from: number, to: number): number
  /** A stream of its own. Drawing from it, or having one more of them, changes nothing in this one. */
  split(name: string): RandomStream
}

/** sfc32 behind a hash of the seed: small, fast, and good enough that seeds next to each other have nothing in common. */
export function createRandomStream(seed: number | string): RandomStream {
  const name = String(seed)
  let [a, b, c] = [hash(name, 1), hash(name, 2), hash(name, 3)]
  let count = 1

  const next = (): number => {
    const sum = (a + b + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  for (let turn = 0; turn < 12; turn += 1) next()
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    split: (child) => createRandomStream(`${name}/${child}`),
  }
}

/** FNV-1a with a stir at the end. */
export function hash(text: string, salt = 0): number {
  let state = 0x811c9dc5 ^ salt
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  state = Math.imul(state ^ (state >>> 16), 0x7feb352d)
  return (state ^ (state >>> 15)) >>> 0
}
