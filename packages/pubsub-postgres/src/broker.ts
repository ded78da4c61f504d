import type { Health, Logger, SubscribeOptions, TakeHints } from '@wf/core'
import { Database } from './database.js'
import { Exchange } from './exchange.js'
import { Flight } from './flight.js'
import { GroupMember } from './group-member.js'
import { hearWith } from './hear.js'
import { Listener } from './listener.js'
import { LoneMember } from './lone-member.js'
import { migrate } from './migrate.js'
import { channelPrefix } from './names.js'
import { Openings } from './openings.js'
import { within } from './pauses.js'
import type { PostgresPubSubOptions, Times } from './postgres-options.js'
import { Publisher } from './publisher.js'
import { type Member, Roster, Seat } from './roster.js'
import { Rounds } from './rounds.js'
import { SharedCall } from './shared-call.js'
import { Subscriber } from './subscriber.js'
import { closedError } from './unavailable.js'

/** A process says so often that its members live; one that has said nothing for three times that long has none. */
const BEAT_MS = 5_000
const UPKEEP_MS = 60_000
/** A hint that is handed to somebody who never hears of it goes to others after so long. */
const LONGEST_HAND_MS = 2_000
/** Whatever it was that kept a hint from being taken so often is not the subscriber, who would have given it up. */
const MOST_LEASES = 10
/** So long a close waits for a server that does not answer. */
const GOODBYE_MS = 1_000

export interface BrokerParts {
  readonly options: PostgresPubSubOptions
  readonly schemaName: string
  /** The same, quoted. */
  readonly schema: string
  readonly logger: Pick<Logger, 'warn'>
  readonly times: Times
  readonly server: string
}

/** What one pub/sub is made of. */
export class Broker {
  private readonly database: Database
  private readonly publisher: Publisher
  private readonly roster: Roster
  private readonly exchange: Exchange
  private readonly flight: Flight
  private readonly listener: Listener
  private readonly openings: Openings
  private readonly handMs: number
  private readonly rounds = new Rounds()
  private readonly peeking = new SharedCall(() => this.look())
  private readonly prefix: string
  private migrated: Promise<void> | undefined
  private hasRounds = false
  private isClosed = false

  constructor(private readonly parts: BrokerParts) {
    const { options, schema, schemaName, times, server, logger } = parts
    const { timeoutMs, leaseMs } = times
    this.prefix = channelPrefix(schemaName)
    this.database = new Database({ options, name: server, timeoutMs })
    const common = { database: this.database, schema, prefix: this.prefix }
    this.handMs = Math.min(leaseMs, LONGEST_HAND_MS)
    this.roster = new Roster({ ...common, ttlMs: 3 * BEAT_MS })
    this.exchange = new Exchange({ ...common, leaseMs })
    this.flight = new Flight({ ...common, leaseMs })
    this.listener = new Listener({
      server,
      timeoutMs,
      logger,
      open: () => this.database.line(),
      hear: hearWith({
        roster: this.roster,
        fetch: (id) => this.fetch(id),
        changed: (group) => this.changed(group),
        line: () => this.listener.name,
        refuse: (taken) => void this.flight.giveBack(taken),
      }),
      stands: () => this.stands(),
    })
    this.publisher = new Publisher({
      ...common,
      listener: this.listener,
      timeoutMs,
      handMs: this.handMs,
      ready: () => this.ready(),
    })
    this.openings = new Openings({ ...common, roster: this.roster, line: () => this.listener.name })
  }

  open(): void {
    if (this.isClosed) throw closedError()
  }

  publish(topic: string, hints: readonly string[]): Promise<void> {
    return this.publisher.publish(topic, hints)
  }

  async subscribe(topic: string, { group, slots }: SubscribeOptions, take: TakeHints): Promise<() => Promise<void>> {
    const seat = new Seat(topic, group)
    const subscriber = new Subscriber(slots, take)
    await this.ready()
    this.open()
    seat.member = this.member(seat, topic, subscriber)
    this.roster.add(seat)
    try {
      // In any order: what comes in between waits for the group, and is found below.
      await Promise.all([this.listener.listen(this.prefix + seat.bucket), this.roster.join()])
      this.open()
    } catch (error) {
      this.drop(seat)
      throw error
    }
    this.startRounds()
    // What waits for the group from before.
    if (seat.name !== '') {
      void this.peek().catch(() => undefined)
      this.openings.set(seat, true)
    }
    return () => this.end(seat)
  }

  async health(): Promise<Health> {
    return this.database.health()
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.rounds.end()
    const seats = [...this.roster.all]
    for (const seat of seats) this.drop(seat)
    const goodbye = Promise.allSettled([this.publisher.close(), this.handBack(), this.roster.leave(seats)])
    await within(
      GOODBYE_MS,
      goodbye.then(() => this.flight.settled()),
    )
    await within(GOODBYE_MS, this.listener.close())
    await this.database.close()
  }

  /** What was taken is said, and what comes though nobody is here any more goes to others. */
  private async handBack(): Promise<void> {
    await this.exchange.close()
    await new Promise((resolve) => setImmediate(resolve))
    await this.flight.settled()
  }

  private ready(): Promise<void> {
    this.migrated ??= migrate(this.database, this.parts.schema).catch((error: unknown) => {
      this.migrated = undefined
      throw error
    })
    return this.migrated
  }

  private member(seat: Seat, topic: string, subscriber: Subscriber): Member {
    const { logger, times } = this.parts
    const common = { subscriber, topic, logger, retryMs: times.retryMs }
    if (seat.name === '') {
      const member = new LoneMember(common)
      return { tell: (hints) => member.hear(hints), end: () => member.end() }
    }
    const member = new GroupMember({
      ...common,
      exchange: this.exchange,
      flight: this.flight,
      group: () => seat.group,
      share: (low, many) => seat.share(low, many),
      isAlone: () => seat.isAlone,
      open: (isOpen) => this.openings.set(seat, isOpen),
      handMs: this.handMs,
    })
    return {
      hand: (taken) => member.hand(taken),
      hear: (low, many, inMs) => member.hear(low, many, inMs),
      end: () => member.end(),
    }
  }

  private drop(seat: Seat): boolean {
    seat.member?.end()
    return this.roster.remove(seat)
  }

  /** Whoever does not hear of it in the database finds what was left by looking. */
  private async end(seat: Seat): Promise<void> {
    if (!this.drop(seat) || this.isClosed) return
    await this.roster.leave([seat]).catch(() => undefined)
  }

  private startRounds(): void {
    if (this.hasRounds || this.isClosed) return
    this.hasRounds = true
    const { pollMs, keepMs } = this.parts.times
    this.rounds.every(pollMs, () => this.peek())
    this.rounds.every(BEAT_MS, () => this.beat())
    this.rounds.every(this.handMs / 4, () => this.flight.keep())
    this.rounds.every(UPKEEP_MS, async () => {
      await this.database.ask(`select ${this.parts.schema}.hint_upkeep($1, $2)`, [keepMs, MOST_LEASES])
    })
  }

  /** Looks for hints of which nobody has told. */
  private peek(): Promise<void> {
    return this.peeking.ask()
  }

  private async look(): Promise<void> {
    const { groups } = this.roster
    if (groups.length === 0) return
    const text = `select * from ${this.parts.schema}.hint_peek($1)`
    const rows = await this.database.ask<{ group_id: string; low: string }>(text, [groups])
    const lows = new Map(rows.map(({ group_id, low }) => [Number(group_id), Number(low)]))
    for (const { group, member } of this.roster.all) {
      const low = group === undefined ? undefined : lows.get(group)
      if (low !== undefined) member?.hear?.(low, 1)
    }
  }

  private stands(): void {
    void this.lookAround()
    // What was handed over while nobody heard of it is anybody's again by then.
    this.rounds.after(this.handMs, () => this.peek())
  }

  private async beat(): Promise<void> {
    await this.roster.join()
    this.openings.sayAll()
  }

  private async lookAround(): Promise<void> {
    await this.beat().catch(() => undefined)
    await this.peek().catch(() => undefined)
  }

  private changed(group: number): void {
    for (const seat of this.roster.all) if (seat.group === group) return void this.lookAround()
  }

  private async fetch(id: string): Promise<string> {
    const rows = await this.database.ask<{ hints: string }>(
      `select hints from ${this.parts.schema}.hint_large where id = $1`,
      [id],
    )
    return rows[0]?.hints ?? '[]'
  }
}
