import { connect } from '@nats-io/transport-node'
import { Redis } from 'ioredis'
import pg from 'pg'

export async function versionOfPostgres(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return rows[0]?.server_version.split(' ')[0] ?? ''
}

export async function versionOfRedis(url: string): Promise<string> {
  const client = new Redis(url)
  const told = await client.info('server')
  await client.quit()
  return /^redis_version:(\S+)/m.exec(told)?.[1] ?? ''
}

export async function versionOfNats(url: string): Promise<string> {
  const client = await connect({ servers: url })
  const version = client.info?.version ?? ''
  await client.close()
  return version
}
