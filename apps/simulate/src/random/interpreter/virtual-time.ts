interface Due {
  readonly at: number
  readonly nth: number
  readonly go: () => void
}

/**
 * The time of one interpretation. With chance everything takes as long as chance will have it: then what comes first is
 * any of the orders that there may be.
 */
export class VirtualTime {
  private now = 0
  private made = 0
  private due: Due[] = []
  private isOver = false

  private readonly chance: (() => number) | undefined

  constructor(chance?: () => number) {
    this.chance = chance
  }

  pass(ms: number): Promise<void> {
    const at = this.now + (this.chance ? 1 + 1_000 * this.chance() : ms)
    return new Promise((go) => {
      this.due.push({ at, nth: this.made++, go })
    })
  }

  /** Until nothing is left to happen. */
  async quiet(): Promise<void> {
    for (;;) {
      await drained()
      const next = this.earliest()
      if (!next || this.isOver) return
      this.due = this.due.filter((one) => one !== next)
      this.now = next.at
      next.go()
    }
  }

  /** What was to happen does not any more. */
  stop(): void {
    this.isOver = true
  }

  private earliest(): Due | undefined {
    return this.due.reduce<Due | undefined>((first, one) => {
      if (!first || one.at < first.at) return one
      return one.at === first.at && one.nth < first.nth ? one : first
    }, undefined)
  }
}

/** Until no microtask is left: a turn of the event loop comes after all of them. */
const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
