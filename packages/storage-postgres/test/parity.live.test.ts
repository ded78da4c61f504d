import type { Storage } from '@wf/core'
import { inTurn, type StorageSetting, storageSuite } from '@wf/parity-tests'
import pg, { type Pool } from 'pg'
import { afterAll, describe, it } from 'vitest'
import { createPostgresStorage, type PostgresStorageOptions } from '../src/index.js'
import { dropSchema, freshName, outside, url } from './given.js'

type More = Partial<Pick<PostgresStorageOptions, 'maxCommitBytes' | 'prepare' | 'survives'>>

const TABLES = ['heads', 'journals', 'tags', 'commits', 'checkpoints', 'sessions']

/** Making tables takes the server longer than most rules do, so schemas are emptied and used again. */
const emptied: string[] = []
const used = new Set<string>()

async function empty(schema: string): Promise<void> {
  await outside.query(TABLES.map((table) => `delete from ${schema}.${table}`).join(';')).catch(() => undefined)
  emptied.push(schema)
}

function nextSchema(): string {
  const schema = emptied.pop() ?? freshName()
  used.add(schema)
  return schema
}

/** Each storage has a schema of its own; another object on it is another process. */
function schemas(open: (schema: string, offsetMs: () => number) => Storage) {
  const names = new WeakMap<Storage, string>()
  const named = (schema: string, { clock }: Pick<StorageSetting, 'clock'>): Storage => {
    const storage = open(schema, () => clock.offsetMs())
    names.set(storage, schema)
    return storage
  }
  const nameOf = (storage: Storage): string => names.get(storage) ?? ''
  return {
    create: (setting: Pick<StorageSetting, 'clock'>): Storage => named(nextSchema(), setting),
    reopen: (storage: Storage, setting: Pick<StorageSetting, 'clock'>): Storage => named(nameOf(storage), setting),
    remove: (storage: Storage): Promise<void> => empty(nameOf(storage)),
  }
}

const withOwnPools = (more: More) =>
  schemas((schema, offsetMs) => createPostgresStorage({ url, schema, offsetMs, ...more }))

// A server that others use too may take longer than what lies in this process.
process.env.WF_PARITY_TIME_SCALE ??= '4'

const MIB = 1024 * 1024

storageSuite({
  name: 'postgres',
  capabilities: { survives: 'machine', maxCommitBytes: 16 * MIB },
  ...withOwnPools({ maxCommitBytes: 16 * MIB }),
}).register({ describe, it })

const shared = { maxCommitBytes: MIB, survives: 'process', prepare: false } as const

storageSuite({
  name: 'postgres, two objects in turn, nothing prepared',
  capabilities: { survives: 'process', maxCommitBytes: MIB },
  ...schemas((schema, offsetMs) => {
    const open = (): Storage => createPostgresStorage({ url, schema, offsetMs, ...shared })
    return inTurn(open(), open())
  }),
}).register({ describe, it })

const pool: Pool = new pg.Pool({ connectionString: url, max: 1 })

storageSuite({
  name: "postgres, the user's pool of one connection",
  capabilities: { survives: 'machine', maxCommitBytes: MIB },
  ...schemas((schema, offsetMs) => createPostgresStorage({ pool, schema, offsetMs, maxCommitBytes: MIB })),
}).register({ describe, it })

afterAll(async () => {
  for (const schema of used) await dropSchema(schema)
  await pool.end()
  await outside.end()
})
