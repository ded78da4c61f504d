import { setTimeout } from 'node:timers/promises'
import { playAppends } from '@wf/parity-tests'
import { describe, expect, it } from 'vitest'
import { createPostgresStorage } from '../src/index.js'
import { closing, freshSchema, outside, url } from './given.js'

const APPENDS = Number(process.env.WF_APPENDS ?? 50)
const asked = { appenders: 64, each: APPENDS }
const MOST_MS = 60_000 + APPENDS * 64 * 10
const CUT_EVERY_MS = 200

describe(`64 who append ${APPENDS} commits each to one journal`, { timeout: MOST_MS }, () => {
  it('get dense versions and true answers', async () => {
    const schema = freshSchema()
    const storages = [1, 2].map(() => closing(createPostgresStorage({ url, schema })))
    expect(await playAppends(storages, asked)).toBe(0)
  })

  it('get them too while their connections are cut again and again', async () => {
    const schema = freshSchema()
    const logger = { warn: () => undefined }
    const connection = { connectionString: url, application_name: schema }
    const storages = [1, 2].map(() => closing(createPostgresStorage({ connection, schema, logger })))
    const done = new AbortController()
    let cut = 0
    const cutting = (async () => {
      while (!done.signal.aborted) {
        // More and more rarely, so that a slow machine gets on as well.
        await setTimeout(Math.min(CUT_EVERY_MS, APPENDS * 5) + 5 * cut)
        const { rowCount } = await outside.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
          [schema],
        )
        cut += rowCount ?? 0
      }
    })()
    try {
      expect(await playAppends(storages, asked)).toBeGreaterThan(0)
    } finally {
      done.abort()
      await cutting
    }
    expect(cut).toBeGreaterThan(0)
  })
})
