import { execFile } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Cluster } from 'ioredis'
import { startRedis } from '../../../scripts/services/start-redis.mjs'

export interface TestCluster {
  /** A client that the test closes. */
  connect(): Cluster
  readonly nodes: readonly Awaited<ReturnType<typeof startRedis>>[]
  stop(): Promise<void>
}

/** Three primaries on this machine. */
export async function startCluster(): Promise<TestCluster> {
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000']
  const nodes = await Promise.all([1, 2, 3].map(() => startRedis({ args })))
  const places = nodes.map(({ port }) => `127.0.0.1:${port}`)
  await promisify(execFile)('redis-cli', ['--cluster', 'create', ...places, '--cluster-yes'])
  const connect = (): Cluster => new Cluster(nodes.map(({ port }) => ({ host: '127.0.0.1', port })))
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

async function allKnow(client: Cluster): Promise<boolean> {
  await client.ping()
  const states = await Promise.all(client.nodes('master').map((node) => node.cluster('INFO')))
  return states.length === 3 && states.every((state) => String(state).includes('cluster_state:ok'))
}
