import { setTimeout } from 'node:timers/promises'
import { Cluster, Redis } from 'ioredis'
import { startRedis } from '../../../scripts/services/start-redis.mjs'

export interface TestCluster {
  /** A client that the test closes. */
  connect(): Cluster
  readonly nodes: readonly Awaited<ReturnType<typeof startRedis>>[]
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
const SLOTS = 16_384

/** Three primaries on this machine. */
export async function startCluster(): Promise<TestCluster> {
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000']
  const nodes = await Promise.all([1, 2, 3].map(() => startRedis({ args })))
  await join(nodes.map(({ port }) => port))
  const connect = (): Cluster => new Cluster(nodes.map(({ port }) => ({ host: HOST, port })))
  const client = connect()
  // Each node has to have heard of all slots.
  while (!(await allKnow(client))) await setTimeout(50)
  client.disconnect()
  return {
    connect,
    nodes,
    stop: async () => void (await Promise.all(nodes.map((node) => node.stop()))),
  }
}

/** What `redis-cli --cluster create` does; the server comes without it from some places. */
async function join(ports: readonly number[]): Promise<void> {
  const clients = ports.map((port) => new Redis({ host: HOST, port }))
  const share = Math.ceil(SLOTS / clients.length)
  for (const [index, client] of clients.entries()) {
    await client.cluster('SET-CONFIG-EPOCH', index + 1)
    await client.cluster('ADDSLOTSRANGE', index * share, Math.min(SLOTS, (index + 1) * share) - 1)
  }
  for (const port of ports.slice(1)) await clients[0]?.cluster('MEET', HOST, port)
  for (const client of clients) client.disconnect()
}

async function allKnow(client: Cluster): Promise<boolean> {
  await client.ping()
  const states = await Promise.all(client.nodes('master').map((node) => node.cluster('INFO')))
  return states.length === 3 && states.every((state) => String(state).includes('cluster_state:ok'))
}
