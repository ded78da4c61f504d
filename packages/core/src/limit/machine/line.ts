/** What a run waits with. */
export interface Ticket {
  readonly run: string
  readonly ticket: number
  readonly priority: number
  /** In which order they came. */
  readonly order: number
  readonly holds: boolean
  readonly counts: boolean
}

/** Tickets that are gone may lie in the heap for a while; beside these few no more than there are others. */
const FEW_GONE = 64

/** Who goes before whom: the higher priority, then whoever came first. */
export const goesBefore = (one: Ticket, other: Ticket): boolean =>
  one.priority === other.priority ? one.order < other.order : one.priority > other.priority

/** Those that wait, by run. The first of them is found at once, and to come or go takes no look at the others. */
export class Line extends Map<string, Ticket> {
  private heap: Ticket[] = []

  override set(run: string, ticket: Ticket): this {
    super.set(run, ticket)
    if (this.heap.length >= 2 * this.size + FEW_GONE) this.heap = [...this.values()].sort(inLine)
    else rise(this.heap, ticket)
    return this
  }

  get first(): Ticket | undefined {
    for (;;) {
      const [first] = this.heap
      if (!first || this.get(first.run) === first) return first
      dropFirst(this.heap)
    }
  }

  /** At which place a run stands, counted from 1. */
  placeOf(ticket: Ticket): number {
    let place = 1
    for (const other of this.values()) if (goesBefore(other, ticket)) place += 1
    return place
  }
}

const inLine = (one: Ticket, other: Ticket): number => (goesBefore(one, other) ? -1 : 1)

function rise(heap: Ticket[], ticket: Ticket): void {
  let at = heap.push(ticket) - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    const parent = heap[above] as Ticket
    if (!goesBefore(ticket, parent)) break
    heap[at] = parent
    at = above
  }
  heap[at] = ticket
}

function dropFirst(heap: Ticket[]): void {
  const last = heap.pop() as Ticket
  if (heap.length === 0) return
  let at = 0
  for (;;) {
    const below = firstBelow(heap, at)
    const child = heap[below]
    if (!child || !goesBefore(child, last)) break
    heap[at] = child
    at = below
  }
  heap[at] = last
}

function firstBelow(heap: readonly Ticket[], at: number): number {
  const left = 2 * at + 1
  const [one, other] = [heap[left], heap[left + 1]]
  return one && other && goesBefore(other, one) ? left + 1 : left
}
