import type { Msg, Subscription } from '@nats-io/transport-node'
import type { Logger, SubscribeOptions } from '@wf/core'
import type { Give } from './delivery.js'
import { delayMs, TRIES } from './failures.js'
import { readHint } from './hint-text.js'
import type { Link } from './link.js'
import { Room } from './room.js'

/** No delivery holds more. */
const LARGEST_DELIVERY = 1_000

export interface ListenerParts {
  readonly link: Link
  readonly logger: Pick<Logger, 'warn'>
  readonly maxHints: number
}

export interface Listening {
  readonly topic: string
  readonly subject: string
  readonly slots: SubscribeOptions['slots']
  readonly give: Give
}

interface Waiting {
  readonly hint: string
  readonly failures: number
}

/** A subscriber without a group: it hears all that is published, and what it has no room for waits in this process. */
export class Listener {
  private readonly room: Room
  private readonly notBack: () => void
  private readonly again = new Set<NodeJS.Timeout>()
  private subscription: Subscription | undefined
  private waiting: Waiting[] = []
  private isGiving = false
  private isEnded = false

  constructor(
    private readonly parts: ListenerParts,
    private readonly listening: Listening,
  ) {
    this.room = new Room(listening.slots)
    // The driver subscribes again by itself, but not on another connection.
    this.notBack = parts.link.whenBack(() => {
      if (this.subscription?.isClosed()) this.listen()
    })
  }

  /** Resolves when the server knows of it. */
  async begin(): Promise<void> {
    const { link } = this.parts
    const connection = await link.open()
    this.listen()
    await link.during(connection.flush())
  }

  end(): void {
    this.isEnded = true
    this.notBack()
    this.room.end()
    for (const timer of this.again) clearTimeout(timer)
    this.waiting = []
    if (this.subscription?.isClosed() === false) this.subscription.unsubscribe()
  }

  private listen(): void {
    this.subscription = this.parts.link.stands?.subscribe(this.listening.subject, {
      callback: (error, message) => {
        if (error === null) this.hear(message)
      },
    })
  }

  private hear(message: Msg): void {
    const hint = readHint(message.data)
    if (hint !== undefined) this.put([{ hint, failures: 0 }])
  }

  private put(waiting: readonly Waiting[]): void {
    if (this.isEnded) return
    this.waiting.push(...waiting)
    // Twice as many for a moment, so that not each one more moves all of them.
    const { maxHints } = this.parts
    if (this.waiting.length > 2 * maxHints) this.waiting = this.waiting.slice(-maxHints)
    if (this.isGiving) return
    this.isGiving = true
    queueMicrotask(() => void this.giveAll())
  }

  private async giveAll(): Promise<void> {
    while (this.waiting.length > 0 && !this.isEnded) {
      const room = await this.room.wait()
      if (!this.isEnded) void this.give(this.waiting.splice(0, Math.min(room, LARGEST_DELIVERY)))
    }
    this.isGiving = false
  }

  private async give(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.listening.give(batch.map(({ hint }) => hint))
    } catch (error) {
      this.failed(batch, error)
    }
  }

  private failed(batch: readonly Waiting[], error: unknown): void {
    const again = batch
      .map(({ hint, failures }) => ({ hint, failures: failures + 1 }))
      .filter(({ failures }) => failures < TRIES)
    const hints = batch.length - again.length
    const { topic } = this.listening
    if (hints > 0)
      this.parts.logger.warn(
        { hints, err: error },
        `hints of topic "${topic}" are given up after ${TRIES} failed tries`,
      )
    if (again.length > 0 && !this.isEnded) this.later(again)
  }

  private later(again: readonly Waiting[]): void {
    const wait = delayMs(Math.max(...again.map(({ failures }) => failures)))
    const timer = setTimeout(() => {
      this.again.delete(timer)
      this.put(again)
    }, wait)
    this.again.add(timer)
  }
}
