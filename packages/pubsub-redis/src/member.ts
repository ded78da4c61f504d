import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock, SubscribeOptions, TakeHints } from '@wf/core'

/** Whoever had no room, and promised none, is asked again after this long. */
const ASK_AGAIN_MS = 100

export interface Subscriber {
  readonly topic: string
  readonly slots: SubscribeOptions['slots']
  readonly take: TakeHints
}

/** One subscriber: asks it for room, and gives it hints. */
export class Member {
  private readonly outside = AsyncLocalStorage.snapshot()
  private isAsked = false
  private isEnded = false
  private stopTimer: (() => void) | undefined

  constructor(
    private readonly subscriber: Subscriber,
    private readonly clock: Clock,
    /** Called with room that was promised, or with 0 when it may be asked again. */
    private readonly answered: (member: Member, room: number) => void,
  ) {}

  /** Whether it can be asked: it has not ended and owes no answer. */
  get isReady(): boolean {
    return !this.isEnded && !this.isAsked
  }

  /** Whether it owes an answer that it promised. */
  get isPromising(): boolean {
    return this.isAsked && !this.isEnded && this.stopTimer === undefined
  }

  /** How many hints it takes now. With 0 it says later when there is room. */
  ask(): number {
    if (!this.isReady) return 0
    const { slots } = this.subscriber
    if (slots === undefined) return Number.POSITIVE_INFINITY
    this.isAsked = true
    const answer = this.answerOf(slots)
    if (typeof answer !== 'number') {
      void answer.then((room) => this.keepPromise(room))
      return 0
    }
    const room = wholeRoom(answer)
    if (room === 0) this.askLater()
    else this.isAsked = false
    return this.isEnded ? 0 : room
  }

  /** Settles as the subscriber's promise does. */
  async give(hints: readonly string[]): Promise<void> {
    await this.outside(this.subscriber.take, hints)
  }

  end(): void {
    this.isEnded = true
    this.stopTimer?.()
  }

  private answerOf(slots: NonNullable<SubscribeOptions['slots']>): number | Promise<number> {
    try {
      const answer = this.outside(slots)
      return typeof answer === 'number' ? answer : Promise.resolve(answer).catch(() => 0)
    } catch {
      return 0
    }
  }

  private keepPromise(answer: number): void {
    const room = wholeRoom(answer)
    if (this.isEnded) return
    if (room === 0) return this.askLater()
    this.isAsked = false
    this.answered(this, room)
  }

  private askLater(): void {
    if (this.isEnded) return
    this.isAsked = true
    this.stopTimer = this.clock.after(ASK_AGAIN_MS, () => {
      this.stopTimer = undefined
      this.isAsked = false
      this.answered(this, 0)
    })
  }
}

function wholeRoom(answer: unknown): number {
  return typeof answer === 'number' && answer >= 1 ? Math.floor(answer) : 0
}
