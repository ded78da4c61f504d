import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { createNatsPubSub } from '@wf/pubsub-nats'
import { type Hub, hubOf } from './evented-host.ts'
import { freshName, urlOf } from './place.ts'

/** A broker on NATS, whose stream goes when it is closed. */
export function openNatsHub(): Hub {
  const prefix = freshName()
  const hub = hubOf(() => createNatsPubSub({ url: urlOf('NATS_URL'), prefix }))
  return {
    connect: hub.connect,
    async close() {
      await hub.close()
      const client = await connect({ servers: urlOf('NATS_URL') })
      const { streams } = await jetstreamManager(client)
      await streams.delete(`${prefix}-hints`)
      await client.close()
    },
  }
}
