import type { Database } from './database.js'
import type { Roster, Seat } from './roster.js'
import { SharedCall } from './shared-call.js'

/** Who had no room for what it was handed is handed nothing for so long at least. */
const SHUT_MS = 100

export interface OpeningsParts {
  readonly database: Database
  readonly schema: string
  readonly roster: Roster
  /** What the connection is called on which this process hears; `undefined`: it hears nothing just now. */
  line(): string | undefined
}

/** To which of the members here hints may be handed, and what the database knows of that. */
export class Openings {
  private readonly saying = new SharedCall(() => this.say())
  private readonly shutUntil = new WeakMap<Seat, number>()

  constructor(private readonly parts: OpeningsParts) {}

  set(seat: Seat, isOpen: boolean): void {
    const now = performance.now()
    if (seat.isOpen === isOpen || (isOpen && now < (this.shutUntil.get(seat) ?? 0))) return
    seat.isOpen = isOpen
    if (!isOpen) this.shutUntil.set(seat, now + SHUT_MS)
    this.sayAll()
  }

  /** What fails is said with the next beat; until then hints come as they come to whoever is shut. */
  sayAll(): void {
    this.saying.ask().catch(() => undefined)
  }

  private async say(): Promise<void> {
    const { database, schema, roster, line } = this.parts
    const seats = [...roster.all].filter(({ name, group }) => name !== '' && group !== undefined)
    if (seats.length === 0) return
    await database.ask(`select ${schema}.hint_open($1, $2, $3)`, [
      seats.map(({ group }) => group),
      seats.map(({ id }) => id),
      seats.map(({ isOpen }) => (isOpen ? (line() ?? null) : null)),
    ])
  }
}
