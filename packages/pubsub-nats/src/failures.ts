import type { HeldHint } from './held-hint.js'

/** A hint that could not be taken so often here is given up. */
export const TRIES = 5
/** One that went from hand to hand so often is given up at its next failure, whoever failed before. */
const MOST_DELIVERIES = 50
const FIRST_DELAY_MS = 100
/** So many hints are remembered that failed; what is forgotten has a few tries more. */
const REMEMBERED = 10_000

/** After so many failures, how long until the next try. */
export const delayMs = (failures: number): number => FIRST_DELAY_MS * 2 ** (failures - 1)

/** How often hints could not be taken here. The server only counts how often it has given them away. */
export class Failures {
  private readonly counts = new Map<number, number>()

  /** The failure that this one is; undefined: it was the last one. */
  next({ seq, deliveries }: HeldHint): number | undefined {
    const count = (this.counts.get(seq) ?? 0) + 1
    this.counts.delete(seq)
    if (count >= TRIES || deliveries >= MOST_DELIVERIES) return undefined
    if (this.counts.size >= REMEMBERED) this.counts.clear()
    this.counts.set(seq, count)
    return count
  }

  forget(held: readonly HeldHint[]): void {
    if (this.counts.size > 0) for (const { seq } of held) this.counts.delete(seq)
  }

  clear(): void {
    this.counts.clear()
  }
}
