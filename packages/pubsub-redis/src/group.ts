import type { Clock, Logger } from '@wf/core'
import { warnOfLost } from './inbox.js'
import type { Ledger } from './ledger.js'
import { Member, type Subscriber } from './member.js'
import { Pauses } from './pauses.js'
import { delayAfter, type StreamEntry, TRIES } from './waiting.js'

/** What was read waits so long for an answer about room that is due; then it goes to others. */
const HOLD_MS = 50

export interface GroupParts {
  readonly topic: string
  readonly stream: string
  readonly clock: Clock
  readonly logger: Pick<Logger, 'warn'>
  readonly ledger: Ledger
  /** There may be room where there was none. */
  readonly changed: (group: Group) => void
}

/** The subscribers of a group that are in this process. */
export class Group {
  /** In the order of their turns: whoever gets something goes to the end. */
  private readonly members = new Set<Member>()
  /** Room that was promised, and has come before there was something to deliver. */
  private readonly promised = new Map<Member, number>()
  private readonly pauses: Pauses
  private held: readonly StreamEntry[] = []
  private holding: NodeJS.Timeout | undefined

  constructor(private readonly parts: GroupParts) {
    this.pauses = new Pauses(parts.clock)
  }

  get stream(): string {
    return this.parts.stream
  }

  get size(): number {
    return this.members.size
  }

  /** Whether an answer is due that may come in no time. */
  get isPromised(): boolean {
    for (const member of this.members) if (member.isPromising) return true
    return false
  }

  join(subscriber: Subscriber): Member {
    const member = new Member(subscriber, this.parts.clock, (one, room) => this.answered(one, room))
    this.members.add(member)
    this.parts.changed(this)
    return member
  }

  leave(member: Member): void {
    member.end()
    this.members.delete(member)
    this.promised.delete(member)
    if (this.members.size > 0) return
    this.putBackHeld()
    this.pauses.end()
    this.parts.changed(this)
  }

  /** How many hints it makes sense to read. */
  room(): number {
    if (this.held.length > 0) return 0
    let room = 0
    for (const member of this.members) room += this.promised.get(member) ?? member.ask()
    return room
  }

  /** Gives out what was read; what nobody takes now goes to others. */
  deal(entries: readonly StreamEntry[]): void {
    const ids = entries.map(({ id }) => id)
    this.parts.ledger.read(this.stream, ids)
    this.handOut(entries)
  }

  private handOut(entries: readonly StreamEntry[]): void {
    // Before each delivery they are asked anew.
    this.promised.clear()
    let left = entries
    for (let before = 0; left.length > 0 && left.length !== before; ) {
      before = left.length
      left = this.dealRound(left)
    }
    if (left.length > 0) this.hold(left)
  }

  /** Offers each member its share; the answer is what is left. */
  private dealRound(entries: readonly StreamEntry[]): readonly StreamEntry[] {
    const ready = [...this.members].filter((member) => member.isReady)
    let left = entries
    for (const [index, member] of ready.entries()) {
      const share = Math.ceil(left.length / (ready.length - index))
      if (share === 0) break
      left = this.give(member, left, Math.min(share, member.ask()))
    }
    return left
  }

  private give(member: Member, entries: readonly StreamEntry[], count: number): readonly StreamEntry[] {
    if (count === 0) return entries
    const batch = entries.slice(0, count)
    if (this.members.delete(member)) this.members.add(member)
    const { ledger } = this.parts
    const ids = batch.map(({ id }) => id)
    const hints = batch.map(({ hint }) => hint)
    member.give(hints).then(
      () => ledger.took(this.stream, ids),
      (error: unknown) => this.failed(batch, error),
    )
    return entries.slice(count)
  }

  private hold(entries: readonly StreamEntry[]): void {
    this.held = entries
    if (!this.isPromised) return this.putBackHeld()
    this.holding ??= setTimeout(() => {
      this.putBackHeld()
      this.parts.changed(this)
    }, HOLD_MS)
  }

  private takeHeld(): readonly StreamEntry[] {
    const { held } = this
    clearTimeout(this.holding)
    this.holding = undefined
    this.held = []
    return held
  }

  private putBackHeld(): void {
    const ids = this.takeHeld().map(({ id }) => id)
    if (ids.length > 0) this.parts.ledger.putBack(this.stream, ids, 0)
  }

  private answered(member: Member, room: number): void {
    if (this.held.length === 0) {
      // Asked here, because a read that is under way need not end for somebody who still has no room.
      const now = room > 0 ? room : member.ask()
      if (now === 0) return
      this.promised.set(member, now)
      return this.parts.changed(this)
    }
    const held = this.takeHeld()
    this.handOut(this.give(member, held, Math.min(room, Math.ceil(held.length / this.members.size))))
    this.parts.changed(this)
  }

  private failed(batch: readonly StreamEntry[], error: unknown): void {
    const { ledger, logger, topic } = this.parts
    const ids = batch.map(({ id }) => id)
    const failures = Math.max(...batch.map((entry) => entry.failures + 1))
    warnOfLost(logger, topic, { hints: batch.filter((entry) => entry.failures + 1 >= TRIES).length, error })
    const putBack = (): void => ledger.putBack(this.stream, ids, 1)
    if (this.members.size === 0 || failures >= TRIES) putBack()
    else this.pauses.after(delayAfter(failures), putBack)
  }
}
