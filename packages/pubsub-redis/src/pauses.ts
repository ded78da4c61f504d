import type { Clock } from '@wf/core'

/** Waits that can be cut short all at once. */
export class Pauses {
  private readonly waiting = new Map<() => void, () => void>()

  constructor(private readonly clock: Clock) {}

  after(ms: number, then: () => void): void {
    const wake = (): void => {
      this.waiting.delete(wake)
      then()
    }
    this.waiting.set(wake, this.clock.after(ms, wake))
  }

  /** What was to come later comes now. */
  end(): void {
    for (const [wake, stop] of this.waiting) {
      stop()
      wake()
    }
  }

  forget(): void {
    for (const stop of this.waiting.values()) stop()
    this.waiting.clear()
  }
}
