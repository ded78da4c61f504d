import type { Database } from './database.js'
import type { Taken } from './exchange.js'

export interface FlightParts {
  readonly database: Database
  readonly schema: string
  readonly prefix: string
  readonly leaseMs: number
}

interface Hold {
  readonly since: number
  readonly leaseMs: number
}

interface Return {
  readonly delayMs: number
  /** How many tries are taken back. */
  readonly undone: number
}

/** The hints that this process has: kept for as long as somebody takes them, however long that is. */
export class Flight {
  private readonly held = new Map<Taken, Hold>()
  private readonly returns = new Set<Promise<void>>()

  constructor(private readonly parts: FlightParts) {}

  begin(taken: readonly Taken[], leaseMs = this.parts.leaseMs): void {
    const hold = { since: performance.now(), leaseMs }
    for (const one of taken) this.held.set(one, hold)
  }

  end(taken: readonly Taken[]): void {
    for (const one of taken) this.held.delete(one)
  }

  /** Others may have them at once, and it was no try. */
  giveBack(taken: readonly Taken[]): Promise<void> {
    return this.again(taken, { delayMs: 0, undone: 1 })
  }

  fail(taken: readonly Taken[], delayMs: number): Promise<void> {
    return this.again(taken, { delayMs, undone: 0 })
  }

  /** Prolongs the leases of which a third is over; rejects when the server is away. */
  async keep(): Promise<void> {
    const { database, schema, leaseMs } = this.parts
    const old: Taken[] = []
    const now = performance.now()
    for (const [one, hold] of this.held) if (now > hold.since + hold.leaseMs / 3) old.push(one)
    if (old.length === 0) return
    const values = [old.map(({ group }) => group), old.map(({ id }) => id), leaseMs]
    await database.ask(`select ${schema}.hint_keep($1, $2, $3)`, values)
    const kept = { since: now, leaseMs }
    for (const one of old) if (this.held.has(one)) this.held.set(one, kept)
  }

  /** Resolves when all that is on its way back is there. */
  async settled(): Promise<void> {
    await Promise.all(this.returns)
  }

  private async again(taken: readonly Taken[], how: Return): Promise<void> {
    this.end(taken)
    const back = this.bringBack(taken, how)
    this.returns.add(back)
    await back
    this.returns.delete(back)
  }

  /** Never rejects: their leases end by themselves. */
  private async bringBack(taken: readonly Taken[], { delayMs, undone }: Return): Promise<void> {
    const { database, schema, prefix } = this.parts
    const values = [prefix, taken[0]?.group, taken.map(({ id }) => id), delayMs, undone]
    await database.ask(`select ${schema}.hint_again($1, $2, $3, $4, $5)`, values).catch(() => undefined)
  }
}
