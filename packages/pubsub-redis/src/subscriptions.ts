import { randomBytes } from 'node:crypto'
import type { Health } from '@wf/core'
import { connect } from './connections.js'
import { Group } from './group.js'
import { writeHintText } from './hint-text.js'
import { Inbox } from './inbox.js'
import { Keeper } from './keeper.js'
import { Ledger } from './ledger.js'
import { Listener } from './listener.js'
import type { Subscriber } from './member.js'
import { type Names, namesOf, segment } from './names.js'
import { Reader } from './reader.js'
import type { RedisPubSubSettings, RedisServer } from './redis-pub-sub-options.js'
import { publishScript } from './scripts/publish.js'
import { Server } from './server.js'
import { within } from './server-away.js'

/** One call of the server adds no more, so that others get their turn. */
const AT_ONCE = 500
/** A server that does not answer is not waited for any longer at the end. */
const LONGEST_GOODBYE_MS = 1_000

type EndSubscription = () => Promise<void>

/** All that is subscribed over one pub/sub, and the connections that serve it. */
export class Subscriptions {
  private readonly consumer = `${process.pid}-${randomBytes(9).toString('base64url')}`
  private readonly names: Names
  private readonly server: Server
  private readonly ledger: Ledger
  private readonly keeper: Keeper
  private readonly groups = new Map<string, Group>()
  private readonly ends = new Set<EndSubscription>()
  private readonly publishing = new Set<Promise<unknown>>()
  private reader: Reader | undefined
  private listener: Listener | undefined

  constructor(
    given: RedisServer,
    private readonly settings: Required<RedisPubSubSettings>,
  ) {
    this.names = namesOf(settings.prefix)
    this.server = new Server(connect(given), settings.timeoutMs)
    this.ledger = new Ledger(this.server)
    const { server, names, consumer } = this
    const { reclaimMs, keepMs } = settings
    const beaten = (): void => {
      void this.ledger.flush()
      void this.listener?.check()
    }
    this.keeper = new Keeper({ server, names, consumer, reclaimMs, keepMs, beaten })
  }

  async publish(topic: string, hints: readonly string[]): Promise<void> {
    const texts = hints.map(writeHintText)
    const keys = [this.names.topic(topic)]
    const calls: Promise<unknown>[] = []
    for (let from = 0; from < texts.length; from += AT_ONCE) {
      const given = [this.settings.maxWaiting, ...texts.slice(from, from + AT_ONCE)]
      calls.push(this.server.run({ script: publishScript, keys, given }, 'hints were not published'))
    }
    await this.underWay(Promise.all(calls))
  }

  private async underWay(calls: Promise<unknown>): Promise<void> {
    this.publishing.add(calls)
    await calls.finally(() => this.publishing.delete(calls))
  }

  /** Subscribes without a group. */
  async listen(subscriber: Subscriber): Promise<EndSubscription> {
    const topicKey = this.names.topic(subscriber.topic)
    const subscribed = { topicKey, group: '*' }
    const inbox = new Inbox(subscriber, this.settings)
    const { server } = this
    const { timeoutMs } = this.settings
    const restored = (): void => void this.keeper.beat().catch(() => undefined)
    this.listener ??= new Listener({ server, timeoutMs, restored })
    const { listener } = this
    await listener.add(topicKey, inbox)
    return this.stand(subscribed, () => listener.remove(topicKey, inbox))
  }

  async join(subscriber: Subscriber, name: string): Promise<EndSubscription> {
    const { topic } = subscriber
    const stream = this.names.stream(topic, name)
    const subscribed = { topicKey: this.names.topic(topic), group: segment(name) }
    let leave = (): void => undefined
    const end = await this.stand(subscribed, () => leave())
    const reader = this.readerOf()
    const group = this.groups.get(stream) ?? this.createGroup(topic, stream)
    const member = group.join(subscriber)
    reader.add(group)
    leave = () => {
      group.leave(member)
      if (group.size > 0) return
      this.groups.delete(stream)
      reader.remove(group)
    }
    return end
  }

  async close(): Promise<void> {
    for (const end of [...this.ends]) void end()
    this.keeper.stop()
    await within(LONGEST_GOODBYE_MS, Promise.allSettled(this.publishing)).catch(() => undefined)
    await this.reader?.stop(LONGEST_GOODBYE_MS)
    await this.sayGoodbye()
    this.ledger.stop()
    this.server.connections.close()
  }

  async health(): Promise<Health> {
    const { server } = this.server.connections
    const begun = performance.now()
    try {
      await this.server.ping()
      return { ok: true, server, roundTripMs: performance.now() - begun }
    } catch (error) {
      return { ok: false, server, because: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Tells the server of it; the answer ends it, once. */
  private async stand(subscribed: Parameters<Keeper['add']>[0], leave: () => void): Promise<EndSubscription> {
    const end = async (): Promise<void> => {
      if (!this.ends.delete(end)) return
      this.keeper.remove(subscribed)
      leave()
    }
    this.ends.add(end)
    try {
      await this.keeper.add(subscribed)
    } catch (error) {
      await end()
      throw error
    }
    return end
  }

  private createGroup(topic: string, stream: string): Group {
    const { clock, logger } = this.settings
    const changed = (group: Group): void => this.readerOf().changed(group)
    const group = new Group({ topic, stream, clock, logger, ledger: this.ledger, changed })
    this.groups.set(stream, group)
    return group
  }

  private readerOf(): Reader {
    const { server, ledger, consumer } = this
    const { logger, timeoutMs } = this.settings
    const wake = this.names.wake(consumer)
    const restore = (): Promise<void> => this.keeper.beat()
    this.reader ??= new Reader({ server, ledger, logger, consumer, wake, timeoutMs, restore })
    return this.reader
  }

  /** What this process holds goes to others; if they cannot be told, they find out after a while. */
  private async sayGoodbye(): Promise<void> {
    if (!this.reader && !this.listener) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LONGEST_GOODBYE_MS)
      const leave = async (): Promise<void> => {
        await this.ledger.flush()
        await this.keeper.leave()
      }
      leave()
        .catch(() => undefined)
        .finally(() => {
          clearTimeout(timer)
          resolve()
        })
    })
  }
}
