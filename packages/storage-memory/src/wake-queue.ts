/** What lies in a wake queue knows its own place in it, so that moving it needs no search. */
export interface Waker {
  wakeAt: number | null
  /** Where it lies in its queue; -1: in none. */
  slot: number
}

/** A binary heap on `wakeAt`: the earliest first, at the cost of the logarithm of what waits. */
export interface WakeQueue<Item extends Waker> {
  first(): Item | undefined
  /** Puts the item where its `wakeAt` belongs; out of the queue when that is `null`. */
  place(item: Item): void
  remove(item: Item): void
}

export function createWakeQueue<Item extends Waker>(): WakeQueue<Item> {
  const heap: Item[] = []

  const put = (item: Item, slot: number): void => {
    heap[slot] = item
    item.slot = slot
  }

  const rise = (item: Item, from: number): void => {
    let slot = from
    while (slot > 0) {
      const above = (slot - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || !earlier(item, parent)) break
      put(parent, slot)
      slot = above
    }
    put(item, slot)
  }

  const sink = (item: Item, from: number): void => {
    let slot = from
    for (;;) {
      let below = 2 * slot + 1
      let child = heap[below]
      const right = heap[below + 1]
      if (child !== undefined && right !== undefined && earlier(right, child)) {
        child = right
        below += 1
      }
      if (child === undefined || !earlier(child, item)) break
      put(child, slot)
      slot = below
    }
    put(item, slot)
  }

  const settle = (item: Item, slot: number): void => {
    rise(item, slot)
    if (item.slot === slot) sink(item, slot)
  }

  const remove = (item: Item): void => {
    const { slot } = item
    if (slot < 0) return
    item.slot = -1
    const last = heap.pop()
    if (last !== undefined && last !== item) settle(last, slot)
  }

  return {
    first: () => heap[0],
    place(item) {
      if (item.wakeAt === null) remove(item)
      else if (item.slot < 0) rise(item, heap.length)
      else settle(item, item.slot)
    },
    remove,
  }
}

function earlier(one: Waker, other: Waker): boolean {
  return (one.wakeAt ?? Number.POSITIVE_INFINITY) < (other.wakeAt ?? Number.POSITIVE_INFINITY)
}
