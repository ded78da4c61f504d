import { createInbox, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node'

/** How long the server keeps a request for hints. */
const EXPIRES_MS = 30_000
/** A server that has not ended the request by then has forgotten it. */
const LOST_MS = EXPIRES_MS + 5_000

export interface Asked {
  readonly connection: NatsConnection
  /** Where hints are asked for. */
  readonly subject: string
}

/** Why a request is over: `used` up or expired, `gone` is who was asked or the right to hear, `lost` is the request. */
export type PullEnd = 'used' | 'gone' | 'lost' | 'canceled'

/** Where hints of a consumer arrive that were asked for; one request at a time. */
export class Inbox {
  private readonly subscription: Subscription
  private readonly address: string
  private left = 0
  private over: PromiseWithResolvers<PullEnd> | undefined
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly asked: Asked,
    private readonly arrived: (message: Msg) => void,
  ) {
    this.address = createInbox(inboxPrefixOf(asked.connection))
    this.subscription = asked.connection.subscribe(this.address, {
      callback: (error, message) => this.hear(error, message),
    })
  }

  /** Asks for so many hints; settles once the request is over. */
  pull(batch: number): Promise<PullEnd> {
    const { connection, subject } = this.asked
    this.left = batch
    this.over = Promise.withResolvers<PullEnd>()
    this.timer = setTimeout(() => this.end('lost'), LOST_MS)
    connection.publish(subject, JSON.stringify({ batch, expires: EXPIRES_MS * 1_000_000 }), { reply: this.address })
    return this.over.promise
  }

  /** No more is wanted; what is on its way arrives all the same. Resolves when nothing is. */
  async close(end: PullEnd = 'canceled'): Promise<void> {
    this.end(end)
    if (!this.subscription.isClosed()) await this.subscription.drain().catch(() => undefined)
  }

  private hear(error: Error | null, message: Msg): void {
    if (error !== null) return this.end('gone')
    const { code } = message.headers ?? {}
    if (code === undefined || code === 0) {
      this.arrived(message)
      this.left -= 1
      if (this.left === 0) this.end('used')
      return
    }
    if (code === 404 || code === 408) return this.end('used')
    if (code !== 100) this.end('gone')
  }

  private end(end: PullEnd): void {
    clearTimeout(this.timer)
    this.over?.resolve(end)
    this.over = undefined
  }
}

/** The driver uses it for its own requests, and tells nobody: an account may be allowed no other inbox. */
function inboxPrefixOf(connection: object): string | undefined {
  const options: unknown = 'options' in connection ? connection.options : undefined
  if (typeof options !== 'object' || options === null || !('inboxPrefix' in options)) return undefined
  return typeof options.inboxPrefix === 'string' ? options.inboxPrefix : undefined
}
