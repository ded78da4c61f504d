import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SubscribeOptions } from '@wf/core'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { createPostgresPubSub, type PostgresPubSub, type PostgresPubSubOptions } from '../src/index.js'

export const url = process.env.DATABASE_URL ?? ''

export const newSchema = (): string => `test ${randomUUID()}`

type Given = Omit<PostgresPubSubOptions, 'connection' | 'pool' | 'url'> & {
  readonly url?: string
  /** Instead of the URL. */
  readonly pool?: pg.Pool
}

/** Closed when the test is over; warnings are noted instead of printed. */
export function open({
  pool,
  url: place = url,
  ...given
}: Given): PostgresPubSub & { readonly warnings: readonly string[] } {
  const warnings: string[] = []
  const logger = { warn: (_: object, text: string) => void warnings.push(text) }
  const pubsub = createPostgresPubSub(pool ? { logger, ...given, pool } : { logger, ...given, url: place })
  onTestFinished(() => pubsub.close())
  return { ...pubsub, warnings }
}

/** Somebody who looks into the database itself. */
export function administrator(server = url): pg.Pool {
  const pool = new pg.Pool({ connectionString: server, max: 2 })
  pool.on('error', () => undefined)
  onTestFinished(() => pool.end())
  return pool
}

/** A schema that is removed after the test. */
export function schemaFor(pool: pg.Pool): string {
  const schema = newSchema()
  onTestFinished(async () => void (await pool.query(`drop schema if exists "${schema}" cascade`)))
  return schema
}

export async function taker(pubsub: PostgresPubSub, options: SubscribeOptions = { group: 'g' }, topic = 't') {
  const hints: string[] = []
  const end = await pubsub.subscribe(topic, options, async (given) => void hints.push(...given))
  return { hints, end }
}

/** Looks until it holds, for so long at most. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 10_000): Promise<number> {
  const begun = performance.now()
  while (!(await holds())) {
    if (performance.now() - begun > ms) throw new Error(`it has not come to be that ${what}`)
    await sleep(5)
  }
  return performance.now() - begun
}

export const named = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`)
