/** Work that is done again and again, each with its own pause and never twice at once; a failure waits for the next time. */
export class Rounds {
  private readonly timers = new Map<object, NodeJS.Timeout>()
  private isEnded = false

  every(ms: number, work: () => Promise<void>): void {
    const round = {}
    const wait = (): void => {
      if (this.isEnded) return
      // Processes that began together do not stay together.
      const timer = setTimeout(
        async () => {
          await work().catch(() => undefined)
          wait()
        },
        ms * (0.8 + 0.4 * Math.random()),
      )
      this.timers.set(round, timer)
    }
    wait()
  }

  /** Once, so much later. */
  after(ms: number, work: () => Promise<void>): void {
    if (this.isEnded) return
    const one = {}
    const act = (): void => {
      this.timers.delete(one)
      work().catch(() => undefined)
    }
    this.timers.set(one, setTimeout(act, ms))
  }

  end(): void {
    this.isEnded = true
    for (const timer of this.timers.values()) clearTimeout(timer)
  }
}
