import type { Undo } from '../../machine/undo.js'

/**
 * The least item first, at a price that hardly grows with how many there are. What has become of no use stays in it until
 * it comes to the top or is swept out.
 */
export class Heap<Item> {
  items: Item[] = []

  constructor(private readonly isBefore: (one: Item, other: Item) => boolean) {}

  get size(): number {
    return this.items.length
  }

  get first(): Item | undefined {
    return this.items[0]
  }

  push(item: Item, undo: Undo): void {
    const { items } = this
    undo.append(items, item)
    let at = items.length - 1
    for (let above = items[parentOf(at)]; at > 0 && above !== undefined; above = items[parentOf(at)]) {
      if (!this.isBefore(item, above)) break
      undo.set(items, at, above)
      at = parentOf(at)
    }
    undo.set(items, at, item)
  }

  /** There has to be one. */
  pop(undo: Undo): void {
    const { items } = this
    const last = items[items.length - 1] as Item
    undo.set(items, items.length - 1, undefined as Item)
    undo.set(items, 'length', items.length - 1)
    if (items.length > 0) this.sink(last, undo)
  }

  /** Sweeps out what is of no use, once that may be more than the rest. */
  sweep(inUse: number, { isLive, undo }: { readonly isLive: (item: Item) => boolean; readonly undo: Undo }): void {
    if (this.size <= FEW + 2 * inUse) return
    const live = this.items.filter(isLive).sort((one, other) => (this.isBefore(one, other) ? -1 : 1))
    undo.set(this as Heap<Item>, 'items', live)
  }

  /** Those that come before a limit, in no particular order; nothing else is looked at, but for their neighbours. */
  *before(isWithin: (item: Item) => boolean, at = 0): Generator<Item> {
    const item = this.items[at]
    if (item === undefined || !isWithin(item)) return
    yield item
    yield* this.before(isWithin, 2 * at + 1)
    yield* this.before(isWithin, 2 * at + 2)
  }

  private sink(item: Item, undo: Undo): void {
    const { items } = this
    let at = 0
    for (;;) {
      const least = this.leastBelow(at)
      const below = items[least]
      if (below === undefined || !this.isBefore(below, item)) break
      undo.set(items, at, below)
      at = least
    }
    undo.set(items, at, item)
  }

  private leastBelow(at: number): number {
    const left = 2 * at + 1
    const [one, other] = [this.items[left], this.items[left + 1]]
    return one !== undefined && other !== undefined && this.isBefore(other, one) ? left + 1 : left
  }
}

const FEW = 32

const parentOf = (at: number): number => (at - 1) >> 1

/** Numbers, the lowest first. */
export const lowestFirst = (): Heap<number> => new Heap((one, other) => one < other)
