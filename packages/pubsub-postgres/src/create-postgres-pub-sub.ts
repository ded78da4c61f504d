import { checkPublish, checkSubscribe, consoleLogger, type Health, PUBSUB_CONTRACT, type PubSub } from '@wf/core'
import { Broker } from './broker.js'
import { quotedSchema } from './names.js'
import { checkPlace, type PostgresPubSubOptions, placeName, timesOf } from './postgres-options.js'

export interface PostgresPubSub extends PubSub {
  /** Whether the database can be reached just now, and how fast. Never rejects. */
  health(): Promise<Health>
}

/** Carries hints through tables of Postgres and its notifications. Connects when it is first used. */
export function createPostgresPubSub(options: PostgresPubSubOptions): PostgresPubSub {
  checkPlace(options)
  const { schema = 'wf', logger = consoleLogger } = options
  const broker = new Broker({
    options,
    schemaName: schema,
    schema: quotedSchema(schema),
    logger,
    times: timesOf(options),
    server: placeName(options),
  })
  let closing: Promise<void> | undefined
  return {
    contract: PUBSUB_CONTRACT,
    async publish(topic, hints) {
      broker.open()
      checkPublish(topic, hints)
      await broker.publish(topic, hints)
    },
    async subscribe(topic, subscribeOptions, take) {
      broker.open()
      checkSubscribe(topic, subscribeOptions, take)
      return broker.subscribe(topic, subscribeOptions, take)
    },
    health: () => broker.health(),
    close() {
      closing ??= broker.close()
      return closing
    },
  }
}
