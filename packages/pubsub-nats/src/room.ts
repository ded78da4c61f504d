import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as turnEnds } from 'node:timers/promises'
import type { SubscribeOptions } from '@wf/core'

/** After this long a subscriber that had no room, and promised none, is asked again. */
const ASK_AGAIN_MS = 100

/** What a subscriber has room for. */
export class Room {
  // Whoever publishes must not be seen by whoever is asked.
  private readonly outside = AsyncLocalStorage.snapshot()
  private isEnded = false
  private stop = (): void => undefined

  constructor(private readonly slots: SubscribeOptions['slots']) {}

  /** How much there is right now. 0: none, or what was promised has not come within this turn of the event loop. */
  now(): number | Promise<number> {
    const answer = this.ask()
    return typeof answer === 'number' ? answer : Promise.race([answer, turnEnds(0)])
  }

  /** Until there is some; 0 once the subscription has ended. */
  async wait(): Promise<number> {
    while (!this.isEnded) {
      const answer = this.ask()
      const room = typeof answer === 'number' ? answer : await this.until((done) => void answer.then(done))
      if (this.isEnded) break
      if (room > 0) return room
      await this.aWhile()
    }
    return 0
  }

  end(): void {
    this.isEnded = true
    this.stop()
  }

  private ask(): number | Promise<number> {
    if (this.slots === undefined) return Number.POSITIVE_INFINITY
    try {
      const answer: unknown = this.outside(this.slots)
      return isPromise(answer) ? Promise.resolve(answer).then(wholeRoom, () => 0) : wholeRoom(answer)
    } catch {
      return 0
    }
  }

  private aWhile(): Promise<number> {
    let timer: NodeJS.Timeout | undefined
    const over = this.until((done) => {
      timer = setTimeout(done, ASK_AGAIN_MS, 0)
    })
    return over.finally(() => clearTimeout(timer))
  }

  /** Or until the end. A race with a promise of the end would keep all that ever raced. */
  private until(begin: (done: (room: number) => void) => void): Promise<number> {
    return new Promise((resolve) => {
      this.stop = () => resolve(0)
      begin(resolve)
    })
  }
}

function isPromise(answer: unknown): answer is PromiseLike<unknown> {
  return typeof answer === 'object' && answer !== null && 'then' in answer
}

function wholeRoom(answer: unknown): number {
  return typeof answer === 'number' && answer >= 1 ? Math.floor(answer) : 0
}
