import { describe, expect, it } from 'vitest'
import { migrations } from '../src/migrations/index.js'
import { draft, failure, freshName, freshSchema, opened, outside, quoted, read } from './given.js'

const TIMEOUT = { timeout: 60_000 }

describe('the schema', TIMEOUT, () => {
  it('is made once by sixteen who use it first at the same moment', async () => {
    const schema = freshSchema()
    const storages = Array.from({ length: 16 }, () => opened({ schema }))
    const answers = await Promise.all(storages.map((storage, index) => storage.commit([draft(`run ${index}`, 'new')])))
    expect(answers.flat().every(({ status }) => status === 'committed')).toBe(true)
    const { rows } = await outside.query(`select number from ${quoted(schema)}.storage_migrations order by number`)
    expect(rows.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1))
  })

  it('may be made by somebody else at the same moment', async () => {
    const schema = freshSchema()
    const other = await outside.connect()
    await other.query('begin')
    await other.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wf schema ${schema}`])
    await other.query(`create schema ${quoted(schema)}`)
    const committed = opened({ schema }).commit([draft('a', 'new')])
    const isWaited = `select from pg_locks where locktype = 'advisory' and not granted`
    while ((await outside.query(isWaited)).rowCount === 0) await new Promise((resolve) => setImmediate(resolve))
    await other.query('commit')
    other.release()
    expect(await committed).toMatchObject([{ status: 'committed' }])
  })

  it('of a later release is refused and left as it is', async () => {
    const schema = freshSchema()
    await opened({ schema }).commit([draft('a', 'new')])
    await outside.query(`insert into ${quoted(schema)}.storage_migrations (number) values (99)`)
    const later = failure('WF_UNSUPPORTED', schema, 'has version 99', 'use the release')
    await expect(opened({ schema }).commit([draft('b', 'new')])).rejects.toEqual(later)
    const { rows } = await outside.query(`select id from ${quoted(schema)}.journals`)
    expect(rows).toEqual([{ id: 'a' }])
  })

  it('that somebody else has made is used, and what lies in it stays', async () => {
    const schema = freshSchema()
    await outside.query(`create schema ${quoted(schema)}; create table ${quoted(schema)}.customers (name text)`)
    expect(await opened({ schema }).commit([draft('a', 'new')])).toMatchObject([{ status: 'committed' }])
    expect((await outside.query(`select * from ${quoted(schema)}.customers`)).rows).toEqual([])
  })

  it('that was dropped meanwhile is told of', async () => {
    const schema = freshSchema()
    const storage = opened({ schema })
    await storage.commit([draft('a', 'new')])
    await outside.query(`drop schema ${quoted(schema)} cascade`)
    await expect(storage.commit([draft('b', 'new')])).rejects.toEqual(failure('WF_STORAGE', 'does not exist'))
  })

  it.for([
    `${freshName()}"; drop schema public cascade; --`,
    `${freshName()}'; select 1; --`,
    `${freshName()}\\'`,
    `${freshName()} $body$ $do$ {schema} {name} $1 $& %I`,
    `${freshName()} ünï ✓`,
    freshName().padEnd(63, 'x').toUpperCase(),
  ])('may be called %j', async (name) => {
    const schema = freshSchema(name)
    const storage = opened({ schema })
    await storage.commit([draft('a', 'new', [{ type: 'event', fact: 'f', value: 'v' }])])
    expect((await read(storage, 'a')).commits.length).toBe(1)
    const due = { namespace: 'n', kinds: ['run'], serves: 'all', limit: 1, holdMs: 1 } as const
    expect([await storage.due(due), (await storage.renew({ session: 's', ttlMs: 1, ask: [] })).alive]).toEqual([
      [],
      true,
    ])
    expect((await storage.list({ namespace: 'n', kind: 'run', limit: 9 })).rows.length).toBe(1)
    const { rows } = await outside.query('select count(*)::int as found from pg_namespace where nspname = any($1)', [
      [schema, 'public'],
    ])
    expect(rows).toEqual([{ found: 2 }])
  })
})
