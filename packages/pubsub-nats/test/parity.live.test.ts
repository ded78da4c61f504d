import { connect } from '@nats-io/transport-node'
import { pubsubSuite } from '@wf/parity-tests'
import { afterAll, describe, it } from 'vitest'
import { createNatsPubSub } from '../src/index.js'
import { removeStream } from './remove-stream.js'
import { url } from './url.js'

const client = await connect({ servers: url })
const logger = { warn: () => undefined }
const options = {
  patienceMs: 10_000,
  settle: () => new Promise<void>((resolve) => setTimeout(resolve, 500)),
  remove: ({ broker }: { readonly broker: string }) => removeStream(client, broker),
}

pubsubSuite({
  ...options,
  name: 'nats',
  create: ({ broker }) => createNatsPubSub({ url, prefix: broker, logger }),
  connect: (_first, { broker }) => createNatsPubSub({ url, prefix: broker, logger }),
}).register({ describe, it })

pubsubSuite({
  ...options,
  name: 'nats over the client of a user',
  create: ({ broker }) => createNatsPubSub({ client, prefix: broker, logger }),
  connect: (_first, { broker }) => createNatsPubSub({ client, prefix: broker, logger }),
}).register({ describe, it })

afterAll(() => client.close())
