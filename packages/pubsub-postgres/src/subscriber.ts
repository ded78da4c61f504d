import { AsyncLocalStorage } from 'node:async_hooks'
import type { SubscribeOptions, TakeHints } from '@wf/core'

/** After this long a subscriber that had no room, and promised none, is asked again. */
export const ASK_AGAIN_MS = 100
/** No delivery holds more, so that one of many subscribers does not get a flood alone. */
export const LARGEST_DELIVERY = 1_000
/** A hint that could not be taken so often is given up. */
export const MOST_TRIES = 5

export type Outcome = { readonly taken: true } | { readonly taken: false; readonly error: unknown }

/** The code of a user, who may answer with anything. */
export class Subscriber {
  /** Whoever publishes must not be seen by those who take. */
  private readonly outside = AsyncLocalStorage.snapshot()
  private asked: Promise<number> | undefined

  constructor(
    private readonly slots: SubscribeOptions['slots'],
    private readonly take: TakeHints,
  ) {}

  /** How many hints it takes now. While a promise is pending nobody asks anew. */
  room(): number | Promise<number> {
    if (this.asked !== undefined) return this.asked
    if (this.slots === undefined) return LARGEST_DELIVERY
    let answer: number | Promise<number>
    try {
      answer = this.outside(this.slots)
    } catch {
      return 0
    }
    if (typeof answer === 'number') return wholeRoom(answer)
    this.asked = Promise.resolve(answer)
      .then(wholeRoom, () => 0)
      .finally(() => {
        this.asked = undefined
      })
    return this.asked
  }

  async deliver(hints: readonly string[]): Promise<Outcome> {
    try {
      await this.outside(this.take, hints)
      return { taken: true }
    } catch (error) {
      return { taken: false, error }
    }
  }
}

function wholeRoom(answer: number): number {
  return typeof answer === 'number' && answer >= 1 ? Math.min(Math.floor(answer), LARGEST_DELIVERY) : 0
}
