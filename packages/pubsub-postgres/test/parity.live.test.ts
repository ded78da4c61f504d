import { setTimeout as sleep } from 'node:timers/promises'
import { pubsubSuite } from '@wf/parity-tests'
import pg from 'pg'
import { describe, it } from 'vitest'
import { createPostgresPubSub, type PostgresPubSubOptions } from '../src/index.js'

const url = process.env.DATABASE_URL ?? ''
const logger = { warn: () => undefined }
const pool = new pg.Pool({ connectionString: url, max: 50 })

suite('Postgres by its URL', (schema) => ({ url, schema, logger, retryMs: 20 }))
suite('Postgres by a pool of the user', (schema) => ({ pool, schema, logger, retryMs: 20 }))

function suite(name: string, optionsOf: (schema: string) => PostgresPubSubOptions): void {
  pubsubSuite({
    name,
    create: ({ broker }) => createPostgresPubSub(optionsOf(broker)),
    connect: (_, { broker }) => createPostgresPubSub(optionsOf(broker)),
    // The longest pause before a hint comes again is 160 ms.
    settle: () => sleep(300),
    patienceMs: 10_000,
    remove: async ({ broker }) => void (await pool.query(`drop schema if exists "${broker}" cascade`)),
  }).register({ describe, it })
}
