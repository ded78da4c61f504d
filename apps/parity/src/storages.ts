import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Storage } from '@wf/core'
import { inNamespace, type StorageSetting } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { createPostgresStorage } from '@wf/storage-postgres'
import { createRedisStorage } from '@wf/storage-redis'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { databasePool, freshName, redisClient, removeKeys } from './servers.ts'

/** Storages for scenarios, each of which gets one that is empty. */
export interface StorageSite {
  create(setting: StorageSetting): Storage
  /** Removes all that they have left. */
  remove(): Promise<void>
}

const memory = async (): Promise<StorageSite> => ({
  create: ({ clock }) => createMemoryStorage({ clock }),
  remove: async () => undefined,
})

/** A file for each, copied, which takes half the time of making one. */
async function sqlite(): Promise<StorageSite> {
  const folder = mkdtempSync(join(tmpdir(), 'wf-parity-'))
  const empty = join(folder, 'empty.db')
  await createSqliteStorage({ path: empty, synchronous: 'normal' }).close()
  return {
    create({ clock, place }) {
      const path = join(folder, `${place}.db`)
      copyFileSync(empty, path)
      const storage = createSqliteStorage({ path, clock, synchronous: 'normal' })
      const close = async (): Promise<void> => {
        await storage.close()
        rmSync(path, { force: true })
      }
      return { ...storage, close }
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** One schema and one pool for all, and a namespace for each. */
async function postgres(): Promise<StorageSite> {
  const pool = databasePool()
  const schema = freshName().replaceAll('-', '_')
  return {
    create: ({ clock, place }) =>
      inNamespace(createPostgresStorage({ pool, schema, survives: 'process', offsetMs: clock.offsetMs }), place),
    async remove() {
      await pool.query(`drop schema if exists "${schema}" cascade`)
      await pool.end()
    },
  }
}

/** One client for all, and a prefix for each. */
async function redis(): Promise<StorageSite> {
  const client = redisClient()
  const site = freshName()
  return {
    create: ({ clock, place }) => createRedisStorage({ client, prefix: `${site}-${place}`, offsetMs: clock.offsetMs }),
    async remove() {
      await removeKeys(client, site)
      await client.quit()
    },
  }
}

export const storages = { memory, sqlite, postgres, redis }

export type StorageName = keyof typeof storages
