import { randomUUID } from 'node:crypto'
import type { Database } from './database.js'
import type { Taken } from './exchange.js'
import { bucketOf, keyOf, labelOf } from './names.js'
import { SharedCall } from './shared-call.js'

/** Somebody who listens: what it is told depends on whether it has a group. */
export interface Member {
  /** There are so many hints of its group, from this number on, in so many milliseconds. */
  readonly hear?: (low: number, many: number, inMs?: number) => void
  /** Hints of its group that are its own. */
  readonly hand?: (taken: readonly Taken[]) => void
  /** Hints for everybody. */
  readonly tell?: (hints: readonly string[]) => void
  end(): void
}

/** Numbers of hints end in a counter, see `schema.ts`. */
const COUNTED = 2_048

/** A subscription of this process. */
export class Seat {
  readonly id = randomUUID()
  readonly topic: string
  readonly name: string
  readonly bucket: number
  readonly label: string
  /** What the group is called in the database, once it is known there. */
  group: number | undefined
  /** All members of the group that are known to live, in the order of their turns. */
  members: readonly string[] = []
  isFresh = true
  /** Hints may be handed to it unasked. */
  isOpen = false
  member: Member | undefined

  constructor(topic: string, group: string | undefined) {
    this.topic = keyOf(topic)
    // No text has an empty key, so this is nobody's group.
    this.name = group === undefined ? '' : keyOf(group)
    this.bucket = bucketOf(this.topic)
    this.label = labelOf(topic, group)
  }

  get isAlone(): boolean {
    return this.members.length <= 1
  }

  /** Each hint has one member who asks for it first, by its number; of many hints each member has some. */
  share(low: number, many: number): number {
    const count = this.members.length
    const turn = this.members.indexOf(this.id)
    if (count <= 1 || turn === -1) return many
    return (((turn - (low % COUNTED)) % count) + count) % count < many ? Math.ceil(many / count) : 0
  }
}

interface Joined {
  readonly of_topic: string
  readonly of_name: string
  readonly group_id: string
  readonly members: readonly string[]
}

export interface RosterParts {
  readonly database: Database
  readonly schema: string
  readonly prefix: string
  /** A member that was not heard of for so long is none. */
  readonly ttlMs: number
}

/** The subscriptions of this process, and what the database knows of them. */
export class Roster {
  private readonly seats = new Set<Seat>()
  private readonly byTopic = new Map<string, Set<Seat>>()
  private readonly byId = new Map<string, Seat>()
  private readonly joining = new SharedCall(() => this.call())
  private readonly leaving = new SharedCall(() => this.sayWhoLeft())
  private left: Seat[] = []

  constructor(private readonly parts: RosterParts) {}

  get all(): ReadonlySet<Seat> {
    return this.seats
  }

  of(topic: string): Iterable<Seat> {
    return this.byTopic.get(topic) ?? []
  }

  seat(id: string): Seat | undefined {
    return this.byId.get(id)
  }

  /** The groups that are known to the database. */
  get groups(): number[] {
    const groups = new Set<number>()
    for (const { group, name } of this.seats) if (group !== undefined && name !== '') groups.add(group)
    return [...groups]
  }

  add(seat: Seat): void {
    this.seats.add(seat)
    this.byId.set(seat.id, seat)
    const seats = this.byTopic.get(seat.topic) ?? new Set()
    this.byTopic.set(seat.topic, seats.add(seat))
  }

  /** Whether it was there. */
  remove(seat: Seat): boolean {
    const seats = this.byTopic.get(seat.topic)
    seats?.delete(seat)
    if (seats?.size === 0) this.byTopic.delete(seat.topic)
    this.byId.delete(seat.id)
    return this.seats.delete(seat)
  }

  /** Tells the database of all, and asks who else is there: everybody who asks meanwhile is in the next call. */
  join(): Promise<void> {
    return this.joining.ask()
  }

  /** Those who stay in a group hear of it at once; of a process that says nothing they hear when its time is over. */
  async leave(seats: readonly Seat[]): Promise<void> {
    const known = seats.filter(({ group }) => group !== undefined)
    if (known.length === 0) return
    this.left.push(...known)
    await this.leaving.ask()
  }

  private async sayWhoLeft(): Promise<void> {
    const { database, schema, prefix } = this.parts
    const left = this.left.splice(0)
    const values = [prefix, left.map(({ id }) => id), left.map(({ group }) => group)]
    await database.ask(`select ${schema}.hint_leave($1, $2, $3)`, values)
  }

  private async call(): Promise<void> {
    const seats = [...this.seats]
    if (seats.length === 0) return
    const { database, schema, prefix, ttlMs } = this.parts
    const rows = await database.ask<Joined>(`select * from ${schema}.hint_join($1, $2, $3, $4, $5, $6, $7, $8)`, [
      prefix,
      seats.map(({ topic }) => topic),
      seats.map(({ name }) => name),
      seats.map(({ bucket }) => bucket),
      seats.map(({ label }) => label),
      seats.map(({ id }) => id),
      seats.map(({ isFresh }) => isFresh),
      ttlMs,
    ])
    const found = new Map(rows.map((row) => [`${row.of_topic} ${row.of_name}`, row]))
    for (const seat of seats) {
      const row = found.get(`${seat.topic} ${seat.name}`)
      if (row === undefined) continue
      seat.group = Number(row.group_id)
      seat.members = row.members
      seat.isFresh = false
    }
  }
}
