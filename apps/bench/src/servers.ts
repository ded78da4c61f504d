import { startNats } from '../../../scripts/services/start-nats.mjs'
import { startPostgres } from '../../../scripts/services/start-postgres.mjs'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import type { ServerName } from './measure/line.ts'

/** Waits for its disk, as it does where it is installed; no checkpoint falls into what is measured. */
const settings = {
  fsync: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
}

const starts = {
  postgres: { variable: 'DATABASE_URL', start: () => startPostgres({ settings }) },
  redis: { variable: 'REDIS_URL', start: () => startRedis() },
  nats: { variable: 'NATS_URL', start: () => startNats() },
}

/** Starts servers for one run of the bench, in temporary folders. Processes that begin later find them by their URLs. */
export async function startServers(names: ReadonlySet<ServerName>): Promise<() => Promise<void>> {
  const started: { stop(): Promise<void> }[] = []
  for (const name of names) {
    const { variable, start } = starts[name]
    const server = await start()
    started.push(server)
    process.env[variable] = server.url
  }
  return async () => {
    for (const server of started) await server.stop()
  }
}
