import { setTimeout } from 'node:timers/promises'
import { playAppends } from '@wf/parity-tests'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import { freshPrefix, opened } from './given.js'

const APPENDS = Number(process.env.WF_APPENDS ?? 50)
const asked = { appenders: 64, each: APPENDS }
const MOST_MS = 60_000 + APPENDS * 64 * 10
const CUT_EVERY_MS = 200

let server: Awaited<ReturnType<typeof startRedis>>

beforeAll(async () => {
  server = await startRedis()
}, 30_000)
afterAll(() => server?.stop())

function storages() {
  const prefix = freshPrefix()
  return Array.from({ length: 4 }, () => opened({ url: server.url, prefix }))
}

describe(`64 who append ${APPENDS} commits each to one journal`, { timeout: MOST_MS }, () => {
  it('get dense versions and true answers', async () => {
    expect(await playAppends(storages(), asked)).toBe(0)
  })

  it('get them too while their connections are cut again and again', async () => {
    const admin = new Redis(server.url)
    const done = new AbortController()
    let cut = 0
    const cutting = (async () => {
      while (!done.signal.aborted) {
        cut += Number(await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'))
        await setTimeout(CUT_EVERY_MS)
      }
    })()
    try {
      expect(await playAppends(storages(), asked)).toBeGreaterThan(0)
    } finally {
      done.abort()
      await cutting
      admin.disconnect()
    }
    expect(cut).toBeGreaterThan(4)
  })
})
