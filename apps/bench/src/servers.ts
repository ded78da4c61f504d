import { startNats } from '../../../scripts/services/start-nats.mjs'
import { startPostgres } from '../../../scripts/services/start-postgres.mjs'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import type { ServerName } from './measure/line.ts'
import { versionOfNats, versionOfPostgres, versionOfRedis } from './raw/server-versions.ts'

/** Waits for its disk, as it does where it is installed; no checkpoint falls into what is measured. */
const settings = {
  fsync: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
}

const starts = {
  postgres: { variable: 'DATABASE_URL', start: () => startPostgres({ settings }), version: versionOfPostgres },
  redis: { variable: 'REDIS_URL', start: () => startRedis(), version: versionOfRedis },
  nats: { variable: 'NATS_URL', start: () => startNats(), version: versionOfNats },
}

export interface Servers {
  readonly versions: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** Starts servers for one run of the bench, in temporary folders. Processes that begin later find them by their URLs. */
export async function startServers(names: ReadonlySet<ServerName>): Promise<Servers> {
  const started: { stop(): Promise<void> }[] = []
  const versions: Record<string, string> = {}
  for (const name of names) {
    const { variable, start, version } = starts[name]
    const server = await start()
    started.push(server)
    process.env[variable] = server.url
    versions[name] = await version(server.url)
  }
  return {
    versions,
    async stop() {
      for (const server of started) await server.stop()
    },
  }
}
