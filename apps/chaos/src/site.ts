import { join } from 'node:path'
import { startPostgres } from '../../../scripts/services/start-postgres.mjs'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import type { Ground } from './ground.ts'

/** What is done to a server in the midst of it all. */
export interface Disturbance {
  readonly name: string
  /** What cannot be reached meanwhile. */
  readonly of: 'storage' | 'pubsub' | 'both' | undefined
  strike(): Promise<void>
}

/** Servers of their own for one campaign, because they are killed too. */
export interface Site {
  readonly ground: Ground
  readonly disturbances: readonly Disturbance[]
  end(): Promise<void>
}

/** By what `--on` says. */
export const sites = {
  sqlite: async (folder: string): Promise<Site> => ({
    ground: { storage: { of: 'sqlite', path: join(folder, 'runs.db') } },
    disturbances: [],
    end: async () => undefined,
  }),
  'postgres+redis': async (): Promise<Site> => {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
    return {
      ground: { storage: { of: 'postgres', url: postgres.url }, pubsub: { of: 'redis', url: redis.url } },
      disturbances: [
        { name: 'Redis restarted empty', of: 'pubsub', strike: () => redis.kill().then(() => redis.restart()) },
        { name: 'Postgres restarted at once', of: 'storage', strike: () => postgres.restart({ mode: 'immediate' }) },
      ],
      end: () => endAll(postgres, redis),
    }
  },
  postgres: async (): Promise<Site> => {
    const postgres = await startPostgres()
    const at = { of: 'postgres', url: postgres.url } as const
    return {
      ground: { storage: at, pubsub: at },
      disturbances: [
        { name: 'Postgres restarted at once', of: 'both', strike: () => postgres.restart({ mode: 'immediate' }) },
      ],
      end: () => postgres.stop(),
    }
  },
  redis: async (): Promise<Site> => {
    const redis = await startRedis({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] })
    const at = { of: 'redis', url: redis.url } as const
    return {
      ground: { storage: at, pubsub: at },
      disturbances: [{ name: 'Redis killed', of: 'both', strike: () => redis.kill().then(() => redis.restart()) }],
      end: () => redis.stop(),
    }
  },
} as const satisfies Readonly<Record<string, (folder: string) => Promise<Site>>>

export type SiteName = keyof typeof sites

export const isSiteName = (name: string): name is SiteName => Object.hasOwn(sites, name)

const endAll = async (...servers: readonly { stop(): Promise<void> }[]): Promise<void> => {
  await Promise.all(servers.map((server) => server.stop()))
}
