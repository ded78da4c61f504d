import { randomUUID } from 'node:crypto'
import type { Base, Commit, Entry, JournalId, Slice, Storage } from '@wf/core'
import { Redis } from 'ioredis'
import { expect, onTestFinished } from 'vitest'
import { createRedisStorage, type RedisStorageOptions } from '../src/index.js'

export const HEADER = {
  status: 'running',
  workflowId: 'order',
  graphHash: 'graph-1',
  workflowVersion: '',
  resourceId: null,
  tags: [],
}

export const run = (id: string, namespace = 'n'): JournalId => ({ namespace, kind: 'run', id })

let made = 0

export function draft(id: string, base: Base, entries: readonly Entry[] = []): Commit {
  made += 1
  const header = base === 'new' ? { header: HEADER } : {}
  return { journal: run(id), commitId: `commit-${made}`, base, entries, ...header }
}

export async function read(storage: Storage, id: string): Promise<Slice> {
  const [slice] = await storage.load([{ journal: run(id), withValues: true }])
  return slice ?? expect.unreachable(`the journal ${id} is not there`)
}

export function sharedUrl(): string {
  const url = process.env.REDIS_URL
  if (url === undefined) throw new Error('REDIS_URL names no server: see CONTRIBUTING.md')
  return url
}

export const freshPrefix = (): string => `wf-test-${randomUUID()}`

/** Closed when the test is over, if it has not been before. */
export function opened(options: RedisStorageOptions) {
  const storage = createRedisStorage(options)
  onTestFinished(() => storage.close())
  return storage
}

/** Everything under a prefix, on each node. */
export async function removeAll(url: string, prefix: string): Promise<void> {
  const client = new Redis(url)
  await removeFrom(client, prefix)
  client.disconnect()
}

export async function removeFrom(client: Redis, prefix: string): Promise<void> {
  for await (const keys of client.scanStream({ match: `{${prefix}:*`, count: 1_000 })) {
    for (const key of keys) await client.unlink(key)
  }
}
