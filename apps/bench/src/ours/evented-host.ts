import type { Engine, EngineOptions, PubSub, Storage, Workflow } from '@wf/core'
import { createEventedEngine, type EventedEngineOptions } from '@wf/engine-evented'
import { createMemoryPubSub } from '@wf/pubsub-memory'

export interface EventedSetting extends Pick<EngineOptions, 'cacheRuns'> {
  readonly storage: Storage
  readonly dispatch: NonNullable<EventedEngineOptions['dispatch']>
  /** Engines that work for a client which only starts and watches; 0: one engine does both. */
  readonly workers?: number
  readonly concurrency?: number
  /** Where the engines meet; in memory unless told. */
  readonly openHub?: () => Hub
}

/** A broker, to which each engine has a connection of its own. */
export interface Hub {
  connect(): PubSub
  close(): Promise<void>
}

/** What went over the pub/sub. */
export interface Traffic {
  /** Topics and hints; counted only while somebody weighs, because that takes time. */
  bytes: number
  isWeighed: boolean
  /** Hints of work that were delivered. */
  hops: number
  /** Subscriptions that were made, ended ones too. */
  subscriptions: number
}

export interface EventedHost {
  /** Starts runs and hears of their ends. */
  readonly client: Engine
  readonly traffic: Traffic
  /** The storage belongs to whoever made it. */
  close(): Promise<void>
}

/** Engines in this process over one storage and one broker, each as a process of its own would have it. */
export function openEvented(
  workflow: Workflow,
  { workers = 0, openHub = createMemoryPubSub, ...setting }: EventedSetting,
): EventedHost {
  const traffic: Traffic = { bytes: 0, isWeighed: false, hops: 0, subscriptions: 0 }
  const hub = openHub()
  const open = (work: boolean) =>
    createEventedEngine({
      workflows: [workflow],
      pubsub: counted(hub.connect(), traffic),
      work,
      drain: false,
      ...setting,
    })
  const client = open(workers === 0)
  const engines = [client, ...Array.from({ length: workers }, () => open(true))]
  return {
    client,
    traffic,
    async close() {
      await Promise.all(engines.map((engine) => engine.close()))
      await hub.close()
    },
  }
}

/** A broker somewhere else, to which each connection leads. */
export function hubOf(open: () => PubSub): Hub {
  const connections: PubSub[] = []
  return {
    connect() {
      const connection = open()
      connections.push(connection)
      return connection
    },
    async close() {
      for (const connection of connections) await connection.close()
    },
  }
}

function counted(pubsub: PubSub, traffic: Traffic): PubSub {
  return {
    contract: pubsub.contract,
    publish(topic, hints) {
      if (traffic.isWeighed) for (const text of [topic, ...hints]) traffic.bytes += Buffer.byteLength(text)
      return pubsub.publish(topic, hints)
    },
    subscribe(topic, options, take) {
      traffic.subscriptions += 1
      if (options.group === undefined) return pubsub.subscribe(topic, options, take)
      return pubsub.subscribe(topic, options, (hints) => {
        traffic.hops += hints.length
        return take(hints)
      })
    },
    close: () => pubsub.close(),
  }
}
