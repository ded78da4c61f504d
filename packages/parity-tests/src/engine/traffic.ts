import type { Clock, Storage } from '@wf/core'
import { aroundCalls } from '../faults/around-calls.js'
import type { HintsUnderWay } from './hints-under-way.js'

/** Turns of the event loop without any news after which nothing more is going to happen by itself. */
const SILENT_TURNS = 4

/** While an answer of a server is due, there is nothing to see before it has come; and it need not be what is waited for. */
const LONGEST_WAIT_MS = 5

/** Signs of life of the engines of one stage: calls that are under way, hints that have to arrive, looks at the clock. */
export class Traffic {
  private calls = 0
  private looks = 0
  private answered = Promise.withResolvers<void>()

  constructor(private readonly hints?: HintsUnderWay) {}

  /** Counts a call that is under way, so that waiting for a real server is not mistaken for silence. */
  async during<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    this.calls += 1
    try {
      return await call()
    } finally {
      this.calls -= 1
      this.news()
    }
  }

  /** Something has come in. */
  news(): void {
    this.looks += 1
    this.answered.resolve()
    this.answered = Promise.withResolvers()
  }

  counted(storage: Storage): Storage {
    return aroundCalls(storage, (call) => this.during(call))
  }

  /** Counts how often somebody asks for the time: a long chain makes way for others now and then, and is not over yet. */
  watched(clock: Clock): Clock {
    return {
      now: () => {
        this.looks += 1
        return clock.now()
      },
      after: (ms, wake) => clock.after(ms, wake),
    }
  }

  /** Whether an answer or a hint is on its way. */
  get isBusy(): boolean {
    return this.calls > 0 || (this.hints?.areDue ?? false)
  }

  /** Resolves when nothing is left to happen without time passing, or once `until` holds. */
  async silence(until: () => boolean = () => false): Promise<void> {
    for (let silent = 0; silent < SILENT_TURNS && !until(); ) {
      const before = this.looks
      await new Promise((resolve) => setImmediate(resolve))
      if (this.isBusy && !until()) await this.next()
      silent = this.isBusy || this.looks > before ? 0 : silent + 1
    }
  }

  /** Waits without taking the processor from whoever has to answer. Several may wait: all of them hear of it. */
  private async next(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LONGEST_WAIT_MS)
    })
    await Promise.race([this.answered.promise, late])
    clearTimeout(timer)
  }
}
