/** A hint that nobody has acknowledged. */
export interface Waiting {
  readonly hint: string
  /** How often a subscriber has failed to take it. */
  readonly failures: number
}

/** First in, first out; both ends cost the same however much waits. */
export interface HintQueue {
  readonly size: number
  /** Puts one behind all others; what waits longest is lost when there are too many. */
  put(waiting: Waiting): void
  take(count: number): Waiting[]
}

/** What has been taken is cut off when it is this much, and most of the list. */
const CUT = 1_024

export function createHintQueue(maxQueued: number): HintQueue {
  let list: Waiting[] = []
  let first = 0

  const forget = (count: number): void => {
    first += count
    if (first < CUT || 2 * first < list.length) return
    list = list.slice(first)
    first = 0
  }

  return {
    get size() {
      return list.length - first
    },
    put(waiting) {
      list.push(waiting)
      if (list.length - first > maxQueued) forget(1)
    },
    take(count) {
      const taken = list.slice(first, first + count)
      forget(taken.length)
      return taken
    },
  }
}
