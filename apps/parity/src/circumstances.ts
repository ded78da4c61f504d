import { connect } from 'node:net'
import type { Circumstances } from './results.ts'
import { databasePool, natsUrl, redisClient } from './servers.ts'

export type Server = 'postgres' | 'redis' | 'nats'

const versions: Readonly<Record<Server, () => Promise<string>>> = {
  async postgres() {
    const pool = databasePool()
    try {
      const { rows } = await pool.query<{ server_version: string }>('show server_version')
      return rows[0]?.server_version.split(' ')[0] ?? 'unknown'
    } finally {
      await pool.end()
    }
  },
  async redis() {
    const client = redisClient()
    try {
      const info = await client.info('server')
      return /^(?:valkey|redis)_version:(\S+)/m.exec(info)?.[1] ?? 'unknown'
    } finally {
      client.disconnect()
    }
  },
  /** The first line that a NATS server says holds its version. */
  nats: () =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(natsUrl())
      const socket = connect(Number(port || 4222), hostname)
      socket.once('error', reject)
      socket.once('data', (data) => {
        socket.destroy()
        resolve(/"version":"([^"]+)"/.exec(String(data))?.[1] ?? 'unknown')
      })
    }),
}

const isServer = (name: string): name is Server => Object.hasOwn(versions, name)

/** Today, here, and on these servers; names of what needs no server are passed over. */
export async function circumstances(names: readonly string[]): Promise<Circumstances> {
  const servers: Record<string, string> = {}
  for (const name of new Set(names.filter(isServer))) servers[name] = await versions[name]()
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    servers,
  }
}
