import type { Pulse } from '../contracts/index.js'
import type { Driver } from './driver.js'
import { untilAnswered } from './until-answered.js'

/** Keeps the session of a process alive, and learns which others have died. */
export class Heartbeat {
  session: string
  /** Sessions of others that have expired: their claims are anybody's. */
  readonly expired = new Set<string>()
  private stopTimer: (() => void) | undefined
  private hearing: Promise<unknown> | undefined
  private lastAt = Number.NEGATIVE_INFINITY

  constructor(private readonly driver: Driver) {
    this.session = driver.settings.newSession()
  }

  /** The session must be alive before a claim names it. Waits only when the last beat is too long ago. */
  keepAlive(now?: number): Promise<unknown> | undefined {
    const { driver } = this
    const { storage, clock, leaseMs } = driver.settings
    if (!storage || driver.gone) return undefined
    this.goOn()
    const sinceMs = (now ?? clock.now()) - this.lastAt
    return sinceMs >= 0 && sinceMs < leaseMs / 3 ? undefined : this.beatUntilHeard()
  }

  /** As long as user code runs. Where its claim was written, the last beat may have found nothing that was running. */
  goOn(): void {
    const { storage, clock, leaseMs } = this.driver.settings
    if (storage && !this.driver.gone) this.stopTimer ??= clock.after(leaseMs / 3, () => this.turn())
  }

  /** Asks which of these sessions have expired; their claims are anybody's from now on. */
  async learnExpired(sessions: readonly string[]): Promise<readonly string[]> {
    const pulse = await this.beat(sessions)
    for (const session of pulse?.expired ?? []) this.expires(session)
    return pulse?.expired ?? []
  }

  /** One beat. A process that finds its session expired aborts all it runs and takes a new name. */
  async beat(ask: readonly string[] = []): Promise<Pulse | undefined> {
    const { driver, session } = this
    const { storage, leaseMs, newSession, clock } = driver.settings
    const at = clock.now()
    const pulse = await storage?.renew({ session, ttlMs: leaseMs, ask })
    if (pulse) driver.tellTime(pulse.now)
    // Another beat was faster to find out.
    if (session !== this.session) return pulse
    this.lastAt = at
    if (!pulse || pulse.alive) return pulse
    driver.settings.witness?.measure('session-lost', 1, { whose: 'own' })
    for (const run of driver.all()) run.abortAll('lost')
    this.session = newSession()
    // No claim may name it before the storage has heard of it.
    this.lastAt = Number.NEGATIVE_INFINITY
    await this.beat()
    return pulse
  }

  private expires(session: string): void {
    if (!this.expired.has(session)) this.driver.settings.witness?.measure('session-lost', 1, { whose: 'other' })
    this.expired.add(session)
  }

  stop(): void {
    this.stopTimer?.()
  }

  private turn(): void {
    const { driver } = this
    this.stopTimer = undefined
    // Whatever the wall clock, which somebody may have set back, says about it.
    this.lastAt = Number.NEGATIVE_INFINITY
    if (driver.running + driver.claiming > 0) this.keepAlive()?.catch(() => undefined)
    // What runs here may have been canceled or taken over elsewhere.
    for (const run of driver.all()) if (run.works) run.poke()
  }

  /** However many runs wait for it, the storage is asked once at a time. */
  private beatUntilHeard(): Promise<unknown> {
    const { driver } = this
    const patience = { clock: driver.settings.clock, closed: () => driver.gone }
    this.hearing ??= untilAnswered(patience, () => this.beat()).finally(() => {
      this.hearing = undefined
    })
    return this.hearing
  }
}
