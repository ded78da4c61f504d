import type { Clock, Logger } from '@wf/core'
import { createHintQueue, type Waiting } from './hint-queue.js'
import { createMember, type Member, type Subscriber } from './member.js'

/** Something that is called behind it comes next, at a part of the price of `queueMicrotask`. */
const now = Promise.resolve()

/** No delivery holds more, so that one of many subscribers does not get a flood alone. */
const LARGEST_DELIVERY = 1_000
/** A hint that could not be taken so often is given up. */
const TRIES = 5
const FIRST_DELAY_MS = 100

export interface GroupParts {
  readonly topic: string
  readonly clock: Clock
  readonly logger: Pick<Logger, 'warn'>
  readonly maxQueued: number
}

/** The subscribers that share the hints of a topic, and what waits for them. */
export interface Group {
  readonly size: number
  put(hints: readonly string[]): void
  join(subscriber: Subscriber): Member
  /** What waits is lost with the last member. */
  leave(member: Member): void
}

export function createGroup({ topic, clock, logger, maxQueued }: GroupParts): Group {
  const queue = createHintQueue(maxQueued)
  /** In the order of their turns: whoever gets something goes to the end. */
  const members = new Set<Member>()
  const redeliveries = new Set<() => void>()
  let scheduled = false

  const schedule = (): void => {
    if (scheduled || queue.size === 0) return
    scheduled = true
    void now.then(deal)
  }

  /** Deals what waits now; what a `take` publishes meanwhile has its own turn. */
  const deal = (): void => {
    scheduled = false
    let left = queue.size
    while (left > 0) {
      const dealt = dealRound(left)
      if (dealt === 0) return
      left -= dealt
    }
    schedule()
  }

  /** Offers each member that is ready its share of so many hints; the answer is how many were taken. */
  const dealRound = (count: number): number => {
    const ready = [...members].filter((member) => member.ready)
    let asked = 0
    let dealt = 0
    for (const member of ready) {
      const share = Math.ceil((count - dealt) / (ready.length - asked))
      asked += 1
      if (share === 0) break
      // An earlier one in this round may have ended it.
      const room = member.ready ? member.room() : 0
      if (room > 0) dealt += hand(member, Math.min(room, share))
    }
    return dealt
  }

  const hand = (member: Member, count: number): number => {
    const batch = queue.take(Math.min(count, LARGEST_DELIVERY))
    if (batch.length === 0) return 0
    if (members.size > 1) {
      members.delete(member)
      members.add(member)
    }
    member.deliver(batch)
    return batch.length
  }

  const failed = (batch: readonly Waiting[], error: unknown): void => {
    if (members.size === 0) return
    const again: Waiting[] = []
    for (const { hint, failures } of batch) if (failures + 1 < TRIES) again.push({ hint, failures: failures + 1 })
    const hints = batch.length - again.length
    if (hints > 0)
      logger.warn({ hints, err: error }, `hints of topic "${topic}" are given up after ${TRIES} failed tries`)
    if (again.length > 0) later(again)
  }

  const later = (again: readonly Waiting[]): void => {
    const failures = Math.max(...again.map((waiting) => waiting.failures))
    const stop = clock.after(FIRST_DELAY_MS * 2 ** (failures - 1), () => {
      redeliveries.delete(stop)
      for (const waiting of again) queue.put(waiting)
      schedule()
    })
    redeliveries.add(stop)
  }

  const granted = (member: Member, room: number): void => {
    // Others may wait for their answers too: nobody takes more than a fair share of what is there.
    hand(member, Math.min(room, Math.ceil(queue.size / members.size)))
    schedule()
  }

  return {
    get size() {
      return members.size
    },
    put(hints) {
      for (const hint of hints) queue.put({ hint, failures: 0 })
      schedule()
    },
    join(subscriber) {
      const member = createMember(subscriber, clock, { granted, ready: schedule, failed })
      members.add(member)
      schedule()
      return member
    },
    leave(member) {
      member.end()
      members.delete(member)
      if (members.size > 0) return schedule()
      for (const stop of redeliveries) stop()
      redeliveries.clear()
      queue.take(queue.size)
    },
  }
}
