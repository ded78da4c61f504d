import type { Clock, Logger } from '@wf/core'
import { Member, type Subscriber } from './member.js'
import { Pauses } from './pauses.js'
import { delayAfter, TRIES, type Waiting } from './waiting.js'

/** No delivery holds more. */
const LARGEST_DELIVERY = 1_000

export interface InboxParts {
  readonly clock: Clock
  readonly logger: Pick<Logger, 'warn'>
  readonly maxWaiting: number
}

/** A subscriber without a group, and what waits for it: in this process, as the server keeps nothing for it. */
export class Inbox {
  private waiting: Waiting[] = []
  private isEnded = false
  private readonly member: Member
  private readonly pauses: Pauses

  constructor(
    private readonly subscriber: Subscriber,
    private readonly parts: InboxParts,
  ) {
    this.pauses = new Pauses(parts.clock)
    this.member = new Member(subscriber, parts.clock, (_, room) => {
      this.give(room)
      this.deal()
    })
  }

  put(hints: readonly string[]): void {
    this.add(hints.map((hint) => ({ hint, failures: 0 })))
  }

  end(): void {
    this.isEnded = true
    this.member.end()
    this.pauses.forget()
    this.waiting = []
  }

  private add(waiting: readonly Waiting[]): void {
    if (this.isEnded) return
    this.waiting.push(...waiting)
    const surplus = this.waiting.length - this.parts.maxWaiting
    if (surplus > 0) this.waiting.splice(0, surplus)
    this.deal()
  }

  private deal(): void {
    while (this.waiting.length > 0) {
      const room = this.member.ask()
      if (room === 0) return
      this.give(room)
    }
  }

  private give(room: number): void {
    const batch = this.waiting.splice(0, Math.min(room, LARGEST_DELIVERY))
    if (batch.length === 0) return
    const hints = batch.map(({ hint }) => hint)
    this.member.give(hints).catch((error: unknown) => this.failed(batch, error))
  }

  private failed(batch: readonly Waiting[], error: unknown): void {
    if (this.isEnded) return
    const again = batch.flatMap(({ hint, failures }) =>
      failures + 1 < TRIES ? [{ hint, failures: failures + 1 }] : [],
    )
    warnOfLost(this.parts.logger, this.subscriber.topic, { hints: batch.length - again.length, error })
    if (again.length === 0) return
    this.pauses.after(delayAfter(Math.max(...again.map(({ failures }) => failures))), () => this.add(again))
  }
}

/** Says that hints are given up, if any are. */
export function warnOfLost(
  logger: Pick<Logger, 'warn'>,
  topic: string,
  lost: { readonly hints: number; readonly error: unknown },
): void {
  if (lost.hints > 0)
    logger.warn(
      { hints: lost.hints, err: lost.error },
      `hints of topic "${topic}" are given up: they could not be taken ${TRIES} times`,
    )
}
