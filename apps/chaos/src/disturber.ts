import type { Disturbance } from './site.ts'

export interface Disturbed {
  readonly disturbances: readonly Disturbance[]
  /** How many of them in all, spread over so many kills. */
  readonly total: number
  readonly kills: number
  /** Told when one has begun and when it is over. */
  readonly note: (disturbance: Disturbance, what: 'begun' | 'over') => void
}

/** Strikes one disturbance after the other while processes are killed, never two at once. */
export class Disturber {
  private struck = 0
  private current: Promise<void> | undefined
  private failure: unknown

  private readonly parts: Disturbed

  constructor(parts: Disturbed) {
    this.parts = parts
  }

  /** As many as belong to so many kills. */
  goOn(killed: number): void {
    if (this.failure !== undefined) throw this.failure
    const { disturbances, total, kills } = this.parts
    const due = kills > 0 ? Math.floor((Math.min(killed, kills) * total) / kills) : 0
    const next = disturbances[this.struck % Math.max(1, disturbances.length)]
    if (this.current || due <= this.struck || !next) return
    this.struck += 1
    this.current = this.strike(next)
  }

  /** Whether all of them are over. */
  get isDone(): boolean {
    const { disturbances, total, kills } = this.parts
    if (this.failure !== undefined) throw this.failure
    return !this.current && (this.struck >= total || kills === 0 || disturbances.length === 0)
  }

  private async strike(disturbance: Disturbance): Promise<void> {
    this.parts.note(disturbance, 'begun')
    try {
      await disturbance.strike()
    } catch (error) {
      this.failure = error
    }
    this.parts.note(disturbance, 'over')
    this.current = undefined
  }
}
