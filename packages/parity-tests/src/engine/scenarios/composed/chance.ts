/** Chance that is the same each time: a number from 0 up to 1. */
export type Chance = () => number

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** From 0 below the given number. */
export const below = (chance: Chance, end: number): number => Math.floor(chance() * end)

/** One of a list that is not empty. */
export function pick<Item>(chance: Chance, items: readonly Item[]): Item {
  return items[below(chance, items.length)] as Item
}
