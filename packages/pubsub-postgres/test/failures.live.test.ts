import { inspect } from 'node:util'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startPostgres } from '../../../scripts/services/start-postgres.mjs'
import { createPostgresPubSub } from '../src/index.js'
import { administrator, named, newSchema, open, schemaFor, taker, until, url } from './given.js'
import { startProxy } from './proxy.js'

const away = expect.objectContaining({ code: 'WF_PUBSUB_UNAVAILABLE' })

describe('when Postgres is away', () => {
  it('calls reject in bounded time and name the server without secrets', { timeout: 20_000 }, async () => {
    const pubsub = open({ url: 'postgres://wf:s3cret@127.0.0.1:9/orders?application_name=s3cret', timeoutMs: 500 })
    const begun = performance.now()
    const failures = await Promise.all([
      pubsub.publish('t', ['a']).catch((error: unknown) => error),
      taker(pubsub).catch((error: unknown) => error),
    ])
    expect(performance.now() - begun).toBeLessThan(3_000)
    for (const failure of failures) {
      expect(failure).toEqual(away)
      expect(String(failure)).toContain('postgres://127.0.0.1:9/orders')
    }
    const health = await pubsub.health()
    expect(health).toMatchObject({ ok: false, server: 'postgres://127.0.0.1:9/orders' })
    expect(inspect([failures, health, pubsub.warnings], { depth: 10, showHidden: true })).not.toContain('s3cret')
    await pubsub.close()
    await expect(pubsub.publish('t', ['a'])).rejects.toMatchObject({ code: 'WF_CLOSED' })
  })

  it('calls do not wait for ever when it is silent, and go on when it speaks again', { timeout: 30_000 }, async () => {
    const proxy = await startProxy(url)
    const schema = schemaFor(administrator())
    const pubsub = open({ url: proxy.url, schema, timeoutMs: 500, pollMs: 60_000 })
    const { hints } = await taker(pubsub)
    for (const direction of ['to the server', 'from the server'] as const) {
      proxy.swallow(direction)
      await expect(pubsub.publish('t', ['lost'])).rejects.toEqual(away)
      expect(await pubsub.health()).toMatchObject({ ok: false })
      proxy.swallow('nothing')
      await until('it can be used again', async () => (await pubsub.health()).ok)
      await pubsub.publish('t', [`after ${direction}`])
      // The listening connection was dead too, and nobody had told.
      await until('hints are heard again', () => hints.includes(`after ${direction}`))
    }
  })

  it('closes though it is silent', { timeout: 20_000 }, async () => {
    const proxy = await startProxy(url)
    const schema = schemaFor(administrator())
    const pubsub = open({ url: proxy.url, schema, timeoutMs: 60_000 })
    await taker(pubsub)
    proxy.swallow('from the server')
    const begun = performance.now()
    await pubsub.close()
    expect(performance.now() - begun).toBeLessThan(4_000)
  })

  it('listens again by itself when its connections are ended', { timeout: 20_000 }, async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const name = newSchema().slice(-36)
    const place = new URL(url)
    place.searchParams.set('application_name', name)
    const pubsub = open({ url: place.href, schema, pollMs: 60_000 })
    const group = await taker(pubsub)
    const alone = await taker(pubsub, {})
    for (const hint of named('after', 3)) {
      const kill =
        'select count(pg_terminate_backend(pid))::int as killed from pg_stat_activity where application_name = $1'
      const { rows } = await pool.query(kill, [name])
      expect(rows[0].killed).toBeGreaterThan(0)
      await pubsub.publish('t', [hint])
      await until('the group has it', () => group.hints.includes(hint))
      await until('whoever has no group hears again', async () => {
        await pubsub.publish('t', ['again']).catch(() => undefined)
        return alone.hints.splice(0).includes('again')
      })
    }
    expect(pubsub.warnings.length).toBeGreaterThan(0)
  })

  it('does without prepared statements where a pooler has lost them', async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const theirs = new pg.Pool({ connectionString: url, max: 4 })
    onTestFinished(() => theirs.end())
    const pubsub = open({ pool: theirs, schema })
    const { hints } = await taker(pubsub)
    for (const hint of named('hint', 3)) {
      await pubsub.publish('t', [hint])
      await until('it arrived', () => hints.includes(hint))
      const clients = await Promise.all(Array.from({ length: theirs.idleCount }, () => theirs.connect()))
      await Promise.all(clients.map((client) => client.query('deallocate all')))
      for (const client of clients) client.release()
    }
    expect(hints).toEqual(named('hint', 3))
    await pubsub.close()
  })

  it('goes on after the server has crashed and was emptied of hints', { timeout: 60_000 }, async () => {
    const server = await startPostgres()
    try {
      const pubsub = open({ url: server.url, timeoutMs: 3_000 })
      const room = Promise.withResolvers<number>()
      const full = await taker(pubsub, { group: 'full', slots: () => room.promise })
      const { hints } = await taker(pubsub)
      await pubsub.publish('t', ['before'])
      await until('it arrived', () => hints.includes('before'))
      await server.restart({ mode: 'immediate' })
      await until('it can be used again', async () => (await pubsub.health()).ok)
      await pubsub.publish('t', ['after'])
      await until('it arrived', () => hints.includes('after'))
      room.resolve(10)
      await until('the other group has it', () => full.hints.includes('after'))
      expect(full.hints).not.toContain('before')
      await pubsub.close()
    } finally {
      await server.stop()
    }
  })

  it('works from the beginning when the server comes later', { timeout: 60_000 }, async () => {
    const server = await startPostgres()
    await server.kill('SIGKILL')
    const pubsub = createPostgresPubSub({ url: server.url, timeoutMs: 500, logger: { warn: () => undefined } })
    try {
      await expect(pubsub.publish('t', ['a'])).rejects.toEqual(away)
      await expect(taker(pubsub)).rejects.toEqual(away)
      await server.restart()
      await until('it can be used', async () => (await pubsub.health()).ok)
      const { hints } = await taker(pubsub)
      await pubsub.publish('t', ['b'])
      await until('it arrived', () => hints.includes('b'))
    } finally {
      await pubsub.close()
      await server.stop()
    }
  })
})
