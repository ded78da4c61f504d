import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { redisProcess } from './probe.mjs'

/** Redis or Valkey. Keeps nothing on disk unless the arguments say so. */
export const redis = {
  name: 'redis',
  variable: 'REDIS_URL',
  programs: ['redis-server', 'valkey-server'],
  container: { image: 'redis:8', port: 6379 },
  debianPackages: ['redis-server', 'redis-tools'],
  url: (port) => `redis://127.0.0.1:${port}`,
  endSignal: 'SIGKILL',
  restartSignal: () => 'SIGTERM',
  waitsForClients: () => false,

  args: ({ data, port, args = [] }) => [
    ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', data, '--save', '', '--appendonly', 'no'],
    ...['--daemonize', 'no', '--loglevel', 'notice'],
    ...args,
  ],

  async answers({ port, pid }) {
    const found = await redisProcess({ port })
    return found === 0 || found === pid
  },

  async reachable(address) {
    return typeof (await redisProcess(address)) === 'number'
  },

  empty({ data }) {
    for (const name of readdirSync(data)) rmSync(join(data, name), { recursive: true, force: true })
  },
}
