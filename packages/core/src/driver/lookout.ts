import type { Clock } from '../contracts/index.js'

/** Looks again and again at what others may be doing, for as long as it is kept up. */
export class Lookout {
  private stop: (() => void) | undefined

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly look: () => void,
  ) {}

  keepUp(wanted: boolean): void {
    if (!wanted) this.stop?.()
    if (!wanted) this.stop = undefined
    else this.stop ??= this.clock.after(this.everyMs, () => this.turn())
  }

  private turn(): void {
    this.stop = undefined
    this.look()
  }
}
