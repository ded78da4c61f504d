import {
  type Clock,
  checkPublish,
  checkSubscribe,
  consoleLogger,
  invalidField,
  type Logger,
  PUBSUB_CONTRACT,
  type PubSub,
  systemClock,
  WorkflowError,
} from '@wf/core'
import { createTopics, type Topics } from './topics.js'

export interface MemoryPubSubOptions {
  /** Goes by when hints come again that could not be taken. Default: the clock of the system. */
  readonly clock?: Clock
  /** Told of hints that are given up. Default: `console`. */
  readonly logger?: Pick<Logger, 'warn'>
  /** How many hints may wait for a group, or for a subscriber without one; then the oldest are lost. Default: 100,000. */
  readonly maxQueued?: number
}

export interface MemoryPubSub extends PubSub {
  /** Another one over the same topics, closed by itself: for engines that share a process. */
  connect(): MemoryPubSub
}

/** Carries hints inside this process. What nobody is subscribed to is dropped. */
export function createMemoryPubSub(options: MemoryPubSubOptions = {}): MemoryPubSub {
  const { clock = systemClock, logger = consoleLogger, maxQueued = 100_000 } = options
  if (!Number.isSafeInteger(maxQueued) || maxQueued < 1)
    throw invalidField('maxQueued', 'must be a whole number from 1')
  return connectTo(createTopics({ clock, logger, maxQueued }))
}

function connectTo(topics: Topics): MemoryPubSub {
  const subscriptions = new Set<() => void>()
  let closed = false

  const open = (): void => {
    if (closed) throw new WorkflowError('WF_CLOSED', 'the memory pub/sub has been closed: create another one')
  }

  return {
    contract: PUBSUB_CONTRACT,
    async publish(topic, hints) {
      open()
      checkPublish(topic, hints)
      topics.publish(topic, hints)
    },
    async subscribe(topic, options, take) {
      open()
      checkSubscribe(topic, options, take)
      const end = topics.subscribe(topic, options, take)
      subscriptions.add(end)
      return async () => {
        subscriptions.delete(end)
        end()
      }
    },
    async close() {
      closed = true
      for (const end of subscriptions) end()
      subscriptions.clear()
    },
    connect: () => connectTo(topics),
  }
}
