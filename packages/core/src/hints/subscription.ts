import type { Logger } from '../builder/logger.js'
import type { Clock, PubSub, SubscribeOptions, TakeHints } from '../contracts/index.js'

export interface SubscriptionParts {
  readonly pubsub: PubSub
  readonly clock: Clock
  readonly logger: Logger
}

export interface Topic {
  readonly topic: string
  readonly options: SubscribeOptions
  readonly take: TakeHints
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000

/** One subscription, tried for until it stands or is ended: a pub/sub that is away costs time only. */
export class Subscription {
  /** Settles when it stands or was ended before. */
  readonly standing: Promise<void>
  private end: (() => Promise<void>) | undefined
  private isEnded = false
  private stopWaiting: (() => void) | undefined

  constructor(
    private readonly parts: SubscriptionParts,
    private readonly what: Topic,
  ) {
    this.standing = this.keepTrying()
  }

  /** Never rejects. */
  async close(): Promise<void> {
    this.isEnded = true
    this.stopWaiting?.()
    await this.finish()
  }

  private async keepTrying(): Promise<void> {
    const { pubsub, logger } = this.parts
    const { topic, options, take } = this.what
    for (let pauseMs = FIRST_PAUSE_MS; !this.isEnded; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        this.end = await pubsub.subscribe(topic, options, take)
        break
      } catch (error) {
        if (this.isEnded) return
        logger.error({ err: error }, `the pub/sub would not have a subscription to "${topic}"; it is asked again`)
        await this.pause(pauseMs)
      }
    }
    if (this.isEnded) await this.finish()
  }

  private async finish(): Promise<void> {
    const { end } = this
    this.end = undefined
    await end?.().catch((error: unknown) => {
      this.parts.logger.warn({ err: error }, `the subscription to "${this.what.topic}" did not end in good order`)
    })
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.parts.clock.after(ms, resolve)
      this.stopWaiting = () => {
        stop()
        resolve()
      }
    })
  }
}
