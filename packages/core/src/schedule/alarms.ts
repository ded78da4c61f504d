import type { Driver } from '../driver/driver.js'

/** One timer for the earliest of many moments, by what is known of the storage's clock. */
export class Alarms {
  private readonly moments = new Map<string, number>()
  private armedFor = Number.POSITIVE_INFINITY
  private disarm: (() => void) | undefined
  private isOn = false

  constructor(
    private readonly driver: Driver,
    private readonly ring: (ids: readonly string[]) => void,
  ) {}

  /** `undefined`: there is nothing to wait for any more. */
  set(id: string, moment: number | undefined): void {
    if (moment === undefined) this.moments.delete(id)
    else this.moments.set(id, moment)
    if (moment !== undefined && moment < this.armedFor) this.arm()
  }

  on(): void {
    this.isOn = true
    this.arm()
  }

  off(): void {
    this.isOn = false
    this.disarm?.()
    this.armedFor = Number.POSITIVE_INFINITY
  }

  /** Those whose moment has come; they are forgotten. */
  takeDue(): readonly string[] {
    const now = this.now()
    const due = [...this.moments].filter(([, moment]) => moment <= now).map(([id]) => id)
    for (const id of due) this.moments.delete(id)
    return due
  }

  private arm(): void {
    this.disarm?.()
    this.armedFor = Number.POSITIVE_INFINITY
    if (!this.isOn || this.driver.closed || this.moments.size === 0) return
    for (const moment of this.moments.values()) this.armedFor = Math.min(this.armedFor, moment)
    this.disarm = this.driver.settings.clock.after(Math.max(0, this.armedFor - this.now()), () => this.turn())
  }

  /** A timer does not hold all the time that there is, and clocks are set: it may be too early. */
  private turn(): void {
    const due = this.takeDue()
    this.arm()
    if (due.length > 0 && !this.driver.closed) this.ring(due)
  }

  private now(): number {
    return this.driver.settings.clock.now() + this.driver.skewMs
  }
}
