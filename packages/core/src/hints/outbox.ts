import type { Logger } from '../builder/logger.js'
import type { Clock, PubSub } from '../contracts/index.js'
import { soon } from '../driver/soon.js'

/** How long to wait before hints are offered again to a pub/sub that would not have them; then a sweep finds their runs. */
const RETRY_MS = [20, 100, 500, 2_000] as const

/** So many hints at most wait for a pub/sub that does not answer. */
const MOST_WAITING = 10_000

export interface OutboxParts {
  readonly pubsub: PubSub
  readonly clock: Clock
  readonly logger: Logger
}

/** Sends hints: those of one moment and topic as one call. Nobody waits for it. */
export class Outbox {
  private readonly waiting = new Map<string, string[]>()
  private readonly pauses = new Set<() => void>()
  private isFlushing = false
  private underWay = 0
  private isOverfull = false
  private readonly settled = new Set<() => void>()
  private isClosed = false
  private readonly flushes = (): void => this.flush()

  constructor(private readonly parts: OutboxParts) {}

  send(topic: string, hint: string): void {
    const there = this.waiting.get(topic)
    if (there) there.push(hint)
    else this.waiting.set(topic, [hint])
    if (this.isFlushing) return
    this.isFlushing = true
    soon(this.flushes)
  }

  /** Resolves when all that was sent is accepted or given up. What failed is tried once more and at once. */
  async close(): Promise<void> {
    this.isClosed = true
    this.flush()
    for (const wake of this.pauses) wake()
    if (this.underWay > 0) await new Promise<void>((resolve) => this.settled.add(resolve))
  }

  private flush(): void {
    this.isFlushing = false
    for (const [topic, hints] of this.waiting) void this.publish(topic, hints)
    this.waiting.clear()
  }

  /** Whether so much waits for an answer that nothing more is sent; said once. */
  private get isFull(): boolean {
    const wasFull = this.isOverfull
    this.isOverfull = this.underWay >= MOST_WAITING
    if (this.isOverfull && !wasFull)
      this.parts.logger.warn(
        {},
        `${this.underWay} hints wait for the pub/sub to answer; until it does, sweeps find the runs`,
      )
    return this.isOverfull
  }

  /** Never rejects. */
  private async publish(topic: string, hints: readonly string[]): Promise<void> {
    if (this.isFull) return
    const { pubsub, logger } = this.parts
    this.underWay += hints.length
    for (let failures = 0; ; failures += 1) {
      try {
        await pubsub.publish(topic, hints)
        break
      } catch (error) {
        const waitMs = RETRY_MS[failures]
        if (waitMs === undefined || this.isClosed) {
          logger.warn(
            { err: error },
            `${hints.length} hints to "${topic}" were not accepted; sweeps will find the runs`,
          )
          break
        }
        await this.pause(waitMs)
      }
    }
    this.underWay -= hints.length
    if (this.underWay === 0) for (const resolve of this.settled) resolve()
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        stop()
        this.pauses.delete(wake)
        resolve()
      }
      const stop = this.parts.clock.after(ms, wake)
      this.pauses.add(wake)
    })
  }
}
