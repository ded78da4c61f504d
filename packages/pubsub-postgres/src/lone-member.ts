import type { Logger } from '@wf/core'
import { Pauses } from './pauses.js'
import { ASK_AGAIN_MS, LARGEST_DELIVERY, MOST_TRIES, type Subscriber } from './subscriber.js'

/** So many hints wait at most for a subscriber without room; then the oldest are lost. */
const MOST_WAITING = 100_000

interface Waiting {
  readonly hint: string
  /** How often it was delivered. */
  readonly tries: number
}

export interface LoneParts {
  readonly subscriber: Subscriber
  readonly topic: string
  readonly logger: Pick<Logger, 'warn'>
  readonly retryMs: number
}

/** A subscriber without a group: what it is told waits in this process. */
export class LoneMember {
  private waiting: Waiting[] = []
  private readonly pauses = new Pauses()
  private isBusy = false
  private isEnded = false

  constructor(private readonly parts: LoneParts) {}

  hear(hints: readonly string[]): void {
    this.put(hints.map((hint) => ({ hint, tries: 0 })))
  }

  end(): void {
    this.isEnded = true
    this.waiting = []
    this.pauses.end()
  }

  private put(more: readonly Waiting[]): void {
    if (this.isEnded) return
    for (const one of more) this.waiting.push(one)
    if (this.waiting.length > MOST_WAITING) this.waiting.splice(0, this.waiting.length - MOST_WAITING)
    if (!this.isBusy) void this.run()
  }

  private async run(): Promise<void> {
    this.isBusy = true
    while (!this.isEnded && this.waiting.length > 0) {
      const asked = this.parts.subscriber.room()
      const room = typeof asked === 'number' ? asked : await asked
      if (this.isEnded) break
      if (room === 0) await this.pauses.wait(ASK_AGAIN_MS)
      else void this.hand(this.waiting.splice(0, Math.min(room, LARGEST_DELIVERY)))
    }
    this.isBusy = false
  }

  private async hand(batch: readonly Waiting[]): Promise<void> {
    const outcome = await this.parts.subscriber.deliver(batch.map(({ hint }) => hint))
    if (outcome.taken || this.isEnded) return
    const again = batch.flatMap(({ hint, tries }) => (tries + 1 < MOST_TRIES ? [{ hint, tries: tries + 1 }] : []))
    if (again.length < batch.length) this.giveUp(batch.length - again.length, outcome.error)
    const tries = Math.max(...again.map((one) => one.tries))
    if (again.length === 0) return
    await this.pauses.wait(this.parts.retryMs * 2 ** (tries - 1))
    this.put(again)
  }

  private giveUp(hints: number, error: unknown): void {
    const { logger, topic } = this.parts
    logger.warn({ hints, err: error }, `hints of topic "${topic}" are given up after ${MOST_TRIES} failed tries`)
  }
}
