import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import { unavailable } from './because.js'
import type { Link } from './link.js'
import type { Names } from './names.js'
import type { Settings } from './nats-pub-sub-options.js'

/** How often the server may be asked by how many members at once for hints of a group. */
const MAX_WAITING = 2_048
/** So many hints of a group may be in the hands of subscribers. */
const MAX_TAKEN = 65_536
const LONGEST_DESCRIPTION = 200

export interface Consumer {
  readonly name: string
  readonly ackWaitMs: number
}

/** The stream of a prefix, and the consumers of its groups. Made where they are not, and made again when they are gone. */
export class HintStream {
  /** Of which making what was seen of it is; undefined while it is not known whether it is still there. */
  since: string | undefined
  private looking: Promise<boolean> | undefined
  private readonly ends: () => void

  constructor(
    private readonly link: Link,
    private readonly names: Names,
    private readonly settings: Settings,
  ) {
    this.ends = link.whenBack(() => this.doubt())
  }

  close(): void {
    this.ends()
  }

  /** Looks again before it is used. */
  doubt(): void {
    this.since = undefined
    this.looking = undefined
  }

  /** Resolves when there is one; whether it had to be made. */
  async ready(): Promise<boolean> {
    if (this.since !== undefined) return false
    const looking = this.looking ?? this.look()
    this.looking = looking
    try {
      return await looking
    } catch (error) {
      if (this.looking === looking) this.looking = undefined
      throw unavailable(this.link.server, error)
    }
  }

  /** The consumer that the members of a group share. */
  async consumer(topic: string, group: string): Promise<Consumer> {
    await this.ready()
    try {
      return await this.addConsumer(topic, group)
    } catch (error) {
      if (!isMissing(error)) throw unavailable(this.link.server, error)
    }
    this.doubt()
    await this.ready()
    return await this.addConsumer(topic, group).catch((error: unknown) => {
      throw unavailable(this.link.server, error)
    })
  }

  /** Where hints of a consumer are asked for. */
  nextSubject(consumer: Consumer): string {
    const { domain } = this.settings
    const api = domain === undefined ? '$JS.API' : `$JS.${domain}.API`
    return `${api}.CONSUMER.MSG.NEXT.${this.names.stream}.${consumer.name}`
  }

  private async look(): Promise<boolean> {
    const connection = await this.link.open()
    const { streams } = await this.manager(connection)
    const { stream } = this.names
    try {
      const { created } = await this.link.during(streams.info(stream))
      this.since = created
      return false
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    const { created } = await this.link.during(streams.add(this.streamConfig())).catch(async (error: unknown) => {
      // Another process was faster, with other limits.
      if (error instanceof JetStreamApiError) return await streams.info(stream).catch(() => Promise.reject(error))
      throw error
    })
    this.since = created
    return true
  }

  private async addConsumer(topic: string, group: string): Promise<Consumer> {
    const { consumers } = await this.manager(await this.link.open())
    const name = this.names.consumer(topic, group)
    const { stream } = this.names
    const config = this.consumerConfig(topic, group)
    const info = await this.link.during(consumers.add(stream, config)).catch(async (error: unknown) => {
      // Made with other settings, by another release or by hand: it goes on as it is.
      if (!(error instanceof JetStreamApiError) || isMissing(error)) throw error
      return await consumers.info(stream, name).catch(() => Promise.reject(error))
    })
    return { name, ackWaitMs: (info.config.ack_wait ?? nanos(this.settings.ackWaitMs)) / 1_000_000 }
  }

  private manager(connection: NatsConnection): Promise<JetStreamManager> {
    const { domain, timeoutMs: timeout } = this.settings
    return jetstreamManager(connection, { timeout, checkAPI: false, ...(domain !== undefined && { domain }) })
  }

  /** With interest each group has its own place in it, and what all have taken, or nobody waits for, takes no space. */
  private streamConfig(): Partial<StreamConfig> & { name: string } {
    const { storage, replicas, maxHints, maxBytes, maxAgeMs } = this.settings
    return {
      name: this.names.stream,
      subjects: [this.names.subjects],
      description: 'hints of wf, which may be lost',
      retention: RetentionPolicy.Interest,
      discard: DiscardPolicy.Old,
      storage: storage === 'file' ? StorageType.File : StorageType.Memory,
      num_replicas: replicas,
      max_msgs: maxHints,
      max_bytes: maxBytes,
      max_age: nanos(maxAgeMs),
      duplicate_window: nanos(Math.min(maxAgeMs, 1_000)),
    }
  }

  /** Without a bound on deliveries: what a full member hands back counts as one. Failures are counted by members. */
  private consumerConfig(topic: string, group: string): Partial<ConsumerConfig> {
    const { storage, ackWaitMs, forgetMs } = this.settings
    return {
      durable_name: this.names.consumer(topic, group),
      description: `${JSON.stringify(group)} of ${JSON.stringify(topic)}`.slice(0, LONGEST_DESCRIPTION),
      filter_subject: this.names.subject(topic),
      deliver_policy: DeliverPolicy.New,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ackWaitMs),
      inactive_threshold: nanos(forgetMs),
      max_ack_pending: MAX_TAKEN,
      max_waiting: MAX_WAITING,
      mem_storage: storage === 'memory',
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound
}
