import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'

/** A prefix that was only published to by refused calls has none. */
export async function removeStream(client: NatsConnection, prefix: string): Promise<void> {
  const { streams } = await jetstreamManager(client, { checkAPI: false })
  await streams.delete(`${prefix}-hints`).catch(() => undefined)
}
