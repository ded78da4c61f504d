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
  for (let round = 0; !(await allKnow(clients)); round += 1) {
    // Nodes forget those whom they were told to meet, where that takes long.
    if (round % 40 === 0) for (const port of ports.slice(1)) await clients[0]?.cluster('MEET', HOST, port)
    await setTimeout(50)
  }
  for (const client of clients) client.disconnect()
}

/** Each node has heard of all slots, and of the others. */
async function allKnow(clients: readonly Redis[]): Promise<boolean> {
  const states = await Promise.all(clients.map((client) => client.cluster('INFO')))
  const wanted = ['cluster_state:ok', `cluster_known_nodes:${clients.length}`]
  return states.every((state) => wanted.every((line) => String(state).includes(line)))
}
