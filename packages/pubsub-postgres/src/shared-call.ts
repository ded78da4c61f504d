/** A call for all who want it: one at a time, and everybody who asks meanwhile is in the next one. */
export class SharedCall {
  private running: Promise<void> | undefined
  private next: Promise<void> | undefined

  constructor(private readonly call: () => Promise<void>) {}

  /** Resolves when one has ended that began after this. */
  ask(): Promise<void> {
    this.next ??= this.callNext()
    return this.next
  }

  private async callNext(): Promise<void> {
    await this.running?.catch(() => undefined)
    // Those of one moment come together.
    await new Promise((resolve) => setImmediate(resolve))
    this.next = undefined
    this.running = this.call()
    await this.running
  }
}
