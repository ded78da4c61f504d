import { randomUUID } from 'node:crypto'
import type { Base, Commit, Entry, JournalId, Slice, Storage } from '@wf/core'
import pg, { type Pool } from 'pg'
import { expect, onTestFinished } from 'vitest'
import { createPostgresStorage, type PostgresStorage, type PostgresStorageOptions } from '../src/index.js'

export const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

export const freshName = (): string => `wf_test_${randomUUID().slice(0, 8)}`

export const quoted = (schema: string): string => `"${schema.replaceAll('"', '""')}"`

/** Of the test itself, which looks and interferes. */
export const outside: Pool = new pg.Pool({
  connectionString: url,
  max: 2,
  idleTimeoutMillis: 1_000,
  allowExitOnIdle: true,
})
outside.on('error', () => undefined)

export async function dropSchema(schema: string): Promise<void> {
  await outside.query(`drop schema if exists ${quoted(schema)} cascade`)
}

/** A schema that goes with the test. */
export function freshSchema(name = freshName()): string {
  onTestFinished(() => dropSchema(name))
  return name
}

type More = Partial<Omit<PostgresStorageOptions, 'url' | 'connection' | 'pool'>>

/** In a schema of its own, unless told otherwise; closed when the test is over. */
export function opened({ schema = freshSchema(), ...more }: More = {}): PostgresStorage {
  return closing(createPostgresStorage({ url, schema, ...more }))
}

/** Closed when the test is over, if it has not been before. */
export function closing<Some extends Storage>(storage: Some): Some {
  onTestFinished(() => storage.close())
  return storage
}

export const HEADER = {
  status: 'running',
  workflowId: 'order',
  graphHash: 'graph-1',
  workflowVersion: '',
  resourceId: null,
  tags: [],
}

export const run = (id: string): JournalId => ({ namespace: 'n', kind: 'run', id })

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

export const failure = (code: string, ...parts: readonly string[]): unknown =>
  expect.objectContaining({ code, message: expect.stringMatching(new RegExp(parts.join('.*'), 's')) })
