import type { HeldHint } from './held-hint.js'

/** So often within the time that the server waits for a sign of life. */
const SIGNS = 3

/** Gives signs of life of what is being taken, so that a long `take` keeps its hints. */
export class Progress {
  private readonly taking = new Set<HeldHint>()
  private timer: NodeJS.Timeout | undefined

  begin(held: readonly HeldHint[], ackWaitMs: number): void {
    for (const one of held) this.taking.add(one)
    this.timer ??= setInterval(() => this.tell(), ackWaitMs / SIGNS)
  }

  end(held: readonly HeldHint[]): void {
    for (const one of held) this.taking.delete(one)
  }

  close(): void {
    this.taking.clear()
    this.tell()
  }

  /** The timer outlives what is taken by one turn: most is taken much faster, and none is made for it. */
  private tell(): void {
    for (const one of this.taking) one.goesOn()
    if (this.taking.size > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }
}
