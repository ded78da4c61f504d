import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyFreshCluster } from './fresh-cluster.mjs'
import { postgresAnswers } from './probe.mjs'
import { pause } from './server-process.mjs'
import { ordinaryUser } from './user.mjs'

/** As servers are run: storages refuse one that does not wait for its disk, unless they are told to. */
const defaults = { max_connections: 300, unix_socket_directories: '' }

export const postgres = {
  name: 'postgres',
  variable: 'DATABASE_URL',
  programs: ['postgres'],
  container: {
    image: 'postgres:18',
    port: 5432,
    env: { POSTGRES_HOST_AUTH_METHOD: 'trust' },
    args: ['-c', 'max_connections=300'],
  },
  debianPackages: ['^postgresql-[0-9]+$', '^postgresql-client-[0-9]+$'],
  url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
  endSignal: 'SIGQUIT',
  restartSignal: ({ mode = 'fast' }) => (mode === 'immediate' ? 'SIGQUIT' : 'SIGINT'),
  waitsForClients: (signal) => signal === 'SIGTERM',
  user: ordinaryUser,

  prepare: copyFreshCluster,

  args({ data, port, settings = {} }) {
    const all = { ...defaults, listen_addresses: '127.0.0.1', ...settings }
    return ['-D', data, '-p', `${port}`, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  },

  async answers({ data, port, pid }) {
    const [owner, , , , , , , state = ''] = lockFile(data)
    return Number(owner) === pid && state.startsWith('ready') && (await postgresAnswers({ port }))
  },

  reachable: postgresAnswers,

  /** A new server refuses to start as long as a session of the killed one holds its memory. */
  async untilReleased({ data }) {
    const [, , , , , , memory = ''] = lockFile(data)
    const id = memory.trim().split(/\s+/)[1]
    for (let left = 1_000; left > 0 && id !== undefined && isAttached(id); left -= 1) await pause(10)
  },
}

function lockFile(data) {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function isAttached(id) {
  const table = '/proc/sysvipc/shm'
  if (!existsSync(table)) return false
  const rows = readFileSync(table, 'utf8').split('\n')
  return rows.some((row) => {
    const [, shmid, , , , , attached] = row.trim().split(/\s+/)
    return shmid === id && Number(attached) > 0
  })
}
