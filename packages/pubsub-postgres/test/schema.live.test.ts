import { describe, expect, it } from 'vitest'
import { administrator, open, schemaFor, taker, until, url } from './given.js'

describe('the schema', () => {
  it('is made once by many who begin at once', { timeout: 30_000 }, async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const all = Array.from({ length: 8 }, () => open({ schema }))
    const takers = await Promise.all(all.map((pubsub) => taker(pubsub, {})))
    await all[0]?.publish('t', ['to all'])
    await until('all have it', () => takers.every(({ hints }) => hints.length === 1))
    const { rows } = await pool.query(`select version from "${schema}".hint_schema`)
    expect(rows).toEqual([{ version: 3 }])
  })

  it('may be made by somebody else at the same moment', async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const other = await pool.connect()
    await other.query('begin')
    await other.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wf schema ${schema}`])
    await other.query(`create schema "${schema}"`)
    const published = open({ schema }).publish('t', ['a'])
    const isWaited = `select from pg_locks where locktype = 'advisory' and not granted`
    while ((await pool.query(isWaited)).rowCount === 0) await new Promise((resolve) => setImmediate(resolve))
    await other.query('commit')
    other.release()
    await published
  })

  it('is refused when a later release has made it', async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const first = open({ schema })
    await first.publish('t', ['a'])
    await pool.query(`update "${schema}".hint_schema set version = 99`)
    const older = open({ schema })
    const newer = expect.objectContaining({ code: 'WF_UNSUPPORTED', message: expect.stringContaining('number 99') })
    await expect(older.publish('t', ['a'])).rejects.toEqual(newer)
    await expect(taker(older)).rejects.toEqual(newer)
    // Who is at work already goes on: the functions keep their meaning.
    await first.publish('t', ['b'])
  })

  it('lets nobody who publishes wait for the disk', async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    await open({ schema }).publish('t', ['a'])
    // The first is what earlier releases call.
    for (const call of [`hint_publish('p', '{t}', '{[]}')`, `hint_hand('p', '{t}', '{[]}', 1, null)`]) {
      const client = await pool.connect()
      await client.query(`set synchronous_commit = on; begin; select "${schema}".${call}`)
      const { rows } = await client.query('show synchronous_commit')
      await client.query('rollback')
      client.release(true)
      expect(rows).toEqual([{ synchronous_commit: 'off' }])
    }
  })

  it('is brought up from an earlier number', async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    await open({ schema }).publish('t', ['a'])
    const { rows } = await pool.query(
      `select string_agg(format('drop function %s', oid::regprocedure), ';') as drops from pg_proc
       where pronamespace = $1::regnamespace`,
      [`"${schema}"`],
    )
    await pool.query(`${rows[0].drops}; update "${schema}".hint_schema set version = 1`)
    const later = open({ schema })
    const { hints } = await taker(later)
    await later.publish('t', ['b'])
    await until('the hint arrived', () => hints.includes('b'))
  })

  it.for([`a"; drop schema public; --`, "it's", 'Ünï 💥', '%s $1 \\', 'x'.repeat(63)])(
    'may be called %j',
    async (schema) => {
      const pool = administrator()
      const quoted = `"${schema.replaceAll('"', '""')}"`
      await pool.query(`drop schema if exists ${quoted} cascade`)
      const pubsub = open({ schema })
      const { hints } = await taker(pubsub)
      await pubsub.publish('t', ['a'])
      await until('the hint arrived', () => hints.length > 0)
      await pubsub.close()
      await pool.query(`drop schema ${quoted} cascade`)
    },
  )

  it('may be there already, of a user who may make tables and nothing else', async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const user = `wf_${schema.slice(-12)}`
    await pool.query(`create schema "${schema}"; create role ${user} login; grant all on schema "${schema}" to ${user}`)
    const theirs = new URL(url)
    theirs.username = user
    try {
      const pubsub = open({ schema, url: theirs.href })
      const { hints } = await taker(pubsub)
      await pubsub.publish('t', ['a'])
      await until('the hint arrived', () => hints.length > 0)
      await pubsub.close()
    } finally {
      await pool.query(`drop schema "${schema}" cascade; drop owned by ${user}; drop role ${user}`)
    }
  })
})
