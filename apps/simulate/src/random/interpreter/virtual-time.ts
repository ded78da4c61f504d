/** How long something takes where chance rules: what a body does, or that somebody comes to take it up. */
export type Chance = (id: string, what: 'take up' | 'do') => number

interface Due {
  readonly at: number
  readonly go: () => void
  readonly isBeside?: true
}

/** The time of one interpretation. With chance, what comes first is any of the orders that there may be. */
export class VirtualTime {
  private now = 0
  private due: readonly Due[] = []
  private isOver = false
  private readonly chance: Chance | undefined

  constructor(chance?: Chance) {
    this.chance = chance
  }

  pass(ms: number, id: string): Promise<void> {
    return this.until(this.chance?.(id, 'do') ?? ms)
  }

  /** What is ready begins when somebody takes it up: where chance rules, others may come in between. */
  async taken(id: string): Promise<void> {
    if (this.chance) await this.until(this.chance(id, 'take up'))
  }

  /** Something that nobody waits for. */
  beside(ms: number, { id, go }: { readonly id: string; readonly go: () => void }): void {
    this.due = [...this.due, { at: this.chance?.(id, 'do') ?? ms, go, isBeside: true }]
  }

  /** While somebody outside makes up his mind, what is beside may happen. */
  idle(id: string): void {
    const until = this.chance ? this.now + this.chance(id, 'take up') : this.now
    const late = this.due.filter(({ at, isBeside }) => isBeside && at < until)
    this.due = this.due.filter((one) => !late.includes(one))
    for (const { go } of late) go()
  }

  /** Until nothing is left to happen. */
  async quiet(): Promise<void> {
    for (;;) {
      // A turn of the event loop comes when no microtask is left.
      await new Promise((resolve) => setImmediate(resolve))
      const next = this.due.reduce<Due | undefined>(
        (first, one) => (first && first.at <= one.at ? first : one),
        undefined,
      )
      if (this.isOver || !this.due.some(({ isBeside }) => !isBeside) || !next) return
      this.due = this.due.filter((one) => one !== next)
      this.now = Math.max(this.now, next.at)
      next.go()
    }
  }

  stop(): void {
    this.isOver = true
  }

  private until(ms: number): Promise<void> {
    return new Promise((go) => {
      this.due = [...this.due, { at: this.now + ms, go }]
    })
  }
}
