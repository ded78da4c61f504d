import type { Logger } from '@wf/core'
import type { Exchange, Taken } from './exchange.js'
import type { Flight } from './flight.js'
import { Pauses } from './pauses.js'
import { ASK_AGAIN_MS, LARGEST_DELIVERY, MOST_TRIES, type Subscriber } from './subscriber.js'

/** Whoever is not first in turn for a hint looks after it so much later, so that not all ask for it at once. */
const OTHERS_MS = 5
/** Room that was there before the hints came is waited for so long; then others get them. */
const ROOM_MS = 100
const PAUSE_MS = 100

export interface GroupMemberParts {
  readonly subscriber: Subscriber
  readonly exchange: Exchange
  readonly flight: Flight
  readonly topic: string
  readonly logger: Pick<Logger, 'warn'>
  readonly retryMs: number
  /** So long what was handed to it is its own. */
  readonly handMs: number
  /** What it is called in the database, as long as it is there. */
  group(): number | undefined
  /** How many of so many hints, the first of which has this number, it is to ask for first. */
  share(low: number, many: number): number
  isAlone(): boolean
  /** Whether hints may be handed to it unasked from now on. */
  open(isOpen: boolean): void
}

/** A subscriber inside its group: takes from the queue what it has room for. */
export class GroupMember {
  /** There may be hints from this number on. */
  private low: number | undefined
  /** So many may be asked for now. */
  private share = 0
  private isBusy = false
  private isEnded = false
  private timer: NodeJS.Timeout | undefined
  private readonly later = new Set<NodeJS.Timeout>()
  private readonly pauses = new Pauses()

  constructor(private readonly parts: GroupMemberParts) {}

  /** There are so many hints, from this number on, in so many milliseconds. */
  hear(low: number, many: number, inMs = 0): void {
    if (this.isEnded) return
    if (inMs > 0) {
      const timer = setTimeout(() => {
        this.later.delete(timer)
        this.hear(low, many)
      }, inMs)
      this.later.add(timer)
      return
    }
    this.low = Math.min(this.low ?? low, low)
    const share = this.parts.share(low, many)
    if (share === 0) return this.wakeLater()
    // A look for all there is would take the shares of others.
    clearTimeout(this.timer)
    this.timer = undefined
    this.wake(share)
  }

  /** Hints that are its own, though it has not asked. */
  hand(taken: readonly Taken[]): void {
    void this.receive(taken, this.parts.handMs).then((isRoomy) => isRoomy || this.parts.open(false))
  }

  end(): void {
    this.isEnded = true
    clearTimeout(this.timer)
    for (const timer of this.later) clearTimeout(timer)
    this.pauses.end()
  }

  private wakeLater(): void {
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined
        this.wake(LARGEST_DELIVERY)
      },
      OTHERS_MS * (1 + Math.random()),
    )
  }

  private wake(share: number): void {
    this.share = Math.max(this.share, share)
    if (!this.isBusy) void this.run()
  }

  private async run(): Promise<void> {
    this.isBusy = true
    while (!this.isEnded && this.low !== undefined && this.share > 0) await this.turn()
    this.isBusy = false
  }

  private async turn(): Promise<void> {
    const asked = this.parts.subscriber.room()
    const room = typeof asked === 'number' ? asked : await asked
    if (this.isEnded || this.low === undefined) return
    if (room === 0) return this.pauses.wait(ASK_AGAIN_MS)
    const low = this.low
    const limit = Math.min(room, this.share, LARGEST_DELIVERY)
    this.low = undefined
    this.share = 0
    const taken = await this.take(low, limit)
    if (taken.length >= limit) this.more((taken.at(-1)?.id ?? low) + 1)
    else if (!this.isEnded) this.parts.open(true)
    if (taken.length > 0) await this.receive(taken)
  }

  /** There is probably more than was asked for. */
  private more(low: number): void {
    if (this.isEnded) return
    this.low = Math.min(this.low ?? low, low)
    if (this.parts.isAlone()) this.share = LARGEST_DELIVERY
    else this.wakeLater()
  }

  private async take(low: number, limit: number): Promise<readonly Taken[]> {
    const { exchange } = this.parts
    const group = this.parts.group()
    try {
      const taken = group === undefined ? [] : await exchange.take({ group, low, limit })
      return [...taken].sort((one, other) => one.id - other.id)
    } catch {
      await this.pauses.wait(PAUSE_MS * (1 + Math.random()))
      this.low = Math.min(this.low ?? low, low)
      this.share = LARGEST_DELIVERY
      return []
    }
  }

  /** The room may have gone meanwhile: then what does not fit goes to others. The answer says whether all of it fitted. */
  private async receive(taken: readonly Taken[], leaseMs?: number): Promise<boolean> {
    const { subscriber, flight } = this.parts
    flight.begin(taken, leaseMs)
    const asked = this.isEnded ? 0 : subscriber.room()
    const room = typeof asked === 'number' ? asked : await this.roomSoon(asked)
    const fitting = taken.slice(0, this.isEnded ? 0 : room)
    if (fitting.length < taken.length) void flight.giveBack(taken.slice(fitting.length))
    if (fitting.length > 0) void this.deliver(fitting)
    return fitting.length === taken.length
  }

  private roomSoon(asked: Promise<number>): Promise<number> {
    return Promise.race([asked, this.pauses.wait(ROOM_MS).then(() => 0)])
  }

  private async deliver(batch: readonly Taken[]): Promise<void> {
    const { subscriber, flight, exchange, retryMs } = this.parts
    const outcome = await subscriber.deliver(batch.map(({ hint }) => hint))
    if (outcome.taken) {
      flight.end(batch)
      exchange.acknowledge(batch)
      return
    }
    const lost = batch.filter(({ tries }) => tries >= MOST_TRIES)
    const again = batch.filter(({ tries }) => tries < MOST_TRIES)
    if (lost.length > 0) this.giveUp(lost, outcome.error)
    const tries = Math.max(...again.map((one) => one.tries))
    if (again.length > 0) await flight.fail(again, retryMs * 2 ** (tries - 1))
  }

  private giveUp(lost: readonly Taken[], error: unknown): void {
    const { logger, topic, flight, exchange } = this.parts
    flight.end(lost)
    exchange.acknowledge(lost)
    const hints = lost.length
    logger.warn({ hints, err: error }, `hints of topic "${topic}" are given up after ${MOST_TRIES} failed tries`)
  }
}
