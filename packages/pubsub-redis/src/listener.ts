import type { Redis } from 'ioredis'
import { readMessage } from './hint-text.js'
import type { Inbox } from './inbox.js'
import type { Server } from './server.js'
import { within } from './server-away.js'

export interface ListenerParts {
  readonly server: Server
  readonly timeoutMs: number
  /** Called when the connection was made again. */
  readonly restored: () => void
}

/** Hears what is sent to those without a group, over one connection for all topics. */
export class Listener {
  private readonly inboxes = new Map<string, Set<Inbox>>()
  private readonly redis: Redis

  constructor(private readonly parts: ListenerParts) {
    this.redis = parts.server.connections.open('listen')
    this.redis.on('message', (channel: string, message: string) => this.hear(channel, message))
    this.redis.on('ready', () => parts.restored())
  }

  /** Resolves when the inbox hears what is sent. */
  async add(channel: string, inbox: Inbox): Promise<void> {
    const inboxes = this.inboxes.get(channel) ?? new Set()
    this.inboxes.set(channel, inboxes)
    inboxes.add(inbox)
    try {
      // Also when others here are subscribed already: that one of theirs may be under way still.
      await this.parts.server.bounded(this.redis.subscribe(channel), 'nothing is subscribed')
    } catch (error) {
      this.remove(channel, inbox)
      throw error
    }
  }

  remove(channel: string, inbox: Inbox): void {
    inbox.end()
    const inboxes = this.inboxes.get(channel)
    if (!inboxes?.delete(inbox) || inboxes.size > 0) return
    this.inboxes.delete(channel)
    this.redis.unsubscribe(channel).catch(() => undefined)
  }

  /** A connection of which the other end has gone says nothing: it is made anew. */
  async check(): Promise<void> {
    if (this.redis.status !== 'ready') return
    await within(this.parts.timeoutMs, this.redis.ping()).catch(() => this.redis.disconnect(true))
  }

  private hear(channel: string, message: string): void {
    const inboxes = this.inboxes.get(channel)
    if (!inboxes) return
    const hints = readMessage(message)
    for (const inbox of [...inboxes]) inbox.put(hints)
  }
}
