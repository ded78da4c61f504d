interface Due {
  readonly at: number
  readonly nth: number
  readonly go: () => void
}

/** How long something takes where chance rules: what a body does, or that somebody comes to take it up. */
export type Chance = (id: string, what: 'take up' | 'do') => number

/**
 * The time of one interpretation. With chance everything takes as long as chance will have it: then what comes first is
 * any of the orders that there may be.
 */
export class VirtualTime {
  private now = 0
  private made = 0
  private due: Due[] = []
  private isOver = false
  private readonly chance: Chance | undefined

  constructor(chance?: Chance) {
    this.chance = chance
  }

  pass(ms: number, id: string): Promise<void> {
    return this.until(this.chance ? this.chance(id, 'do') : ms)
  }

  /** What is ready begins when somebody takes it up: where chance rules, others may come in between. */
  async taken(id: string): Promise<void> {
    if (this.chance) await this.until(this.chance(id, 'take up'))
  }

  private until(ms: number): Promise<void> {
    return new Promise((go) => {
      this.due.push({ at: this.now + ms, nth: this.made++, go })
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
