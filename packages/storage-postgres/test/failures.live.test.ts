import { inspect } from 'node:util'
import type { Storage } from '@wf/core'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPostgresStorage, type PostgresStorageOptions } from '../src/index.js'
import { closing, draft, failure, freshSchema, opened, outside, quoted, read, url } from './given.js'

const TIMEOUT = { timeout: 60_000 }
const PASSWORD = 's3cret-and-more'

async function failed(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => 'nothing',
    (thrown: unknown) => thrown,
  )
  return error instanceof Error ? error : expect.unreachable(`it ended with ${String(error)}`)
}

const commitTo = (storage: Storage): Promise<unknown> => storage.commit([draft('a', 'new')])

describe('a server that cannot be used is named, without secrets:', TIMEOUT, () => {
  const { host, pathname } = new URL(url)

  it.for([
    [
      'nobody listens',
      `postgres://u:${PASSWORD}@127.0.0.1:9/db?password=${PASSWORD}`,
      'postgres://127.0.0.1:9/db cannot be reached',
    ],
    ['no such host', `postgres://u:${PASSWORD}@no.such.host.invalid/db`, 'no.such.host.invalid/db cannot be reached'],
    [
      'no such database',
      `postgres://${new URL(url).username}:${PASSWORD}@${host}/none_of_ours`,
      'none_of_ours has no such database',
    ],
    ['no such user', `postgres://none_of_ours:${PASSWORD}@${host}${pathname}`, 'does not'],
  ])('%s', async ([, wrong = '', says = '']) => {
    const warnings: unknown[] = []
    const logger = { warn: (...warning: readonly unknown[]) => void warnings.push(warning) }
    const storage = closing(createPostgresStorage({ url: wrong, logger }))
    const error = await failed(commitTo(storage))
    expect(error).toEqual(failure('WF_STORAGE_UNAVAILABLE', says))
    const health = await storage.health()
    expect(health).toMatchObject({ ok: false, because: expect.stringContaining('Postgres server') })
    expect(inspect([error, health, warnings, storage], { depth: 9, showHidden: false })).not.toContain(PASSWORD)
  })

  it('one that has no connection left', async () => {
    const name = freshSchema()
    await outside.query(`create role ${name} login connection limit 0`)
    onTestFinished(async () => void (await outside.query(`drop role ${name}`)))
    const limited = new URL(url)
    limited.username = name
    const error = await failed(commitTo(closing(createPostgresStorage({ url: limited.href }))))
    expect(error).toEqual(failure('WF_STORAGE_UNAVAILABLE', 'has no connection left'))
  })
})

describe('what the server does not do is told by its reason:', TIMEOUT, () => {
  const withOptions = (options: string, schema: string): Storage =>
    closing(createPostgresStorage({ connection: { connectionString: url, options }, schema }))

  it.for([
    [
      'a server that only reads',
      '-c default_transaction_read_only=on',
      'WF_STORAGE_UNAVAILABLE',
      'does not write, as a standby',
    ],
    ['a lock that lasts', '-c lock_timeout=50', 'WF_STORAGE_UNAVAILABLE', 'kept a lock for longer'],
    [
      'a statement that lasts',
      '-c statement_timeout=50',
      'WF_STORAGE_UNAVAILABLE',
      'took longer than its statement_timeout',
    ],
  ] as const)('%s', async ([, options, code, says]) => {
    const schema = freshSchema()
    const [answer] = await opened({ schema }).commit([draft('a', 'new')])
    const storage = withOptions(options, schema)
    expect((await read(storage, 'a')).commits.length).toBe(1)
    const commit = draft('a', answer?.status === 'committed' ? answer.head : 'new')
    const client = await outside.connect()
    await client.query(`begin; select from ${quoted(schema)}.heads for update`)
    const error = await failed(storage.commit([commit]))
    await client.query('rollback')
    client.release()
    expect(error).toEqual(failure(code, says))
    expect(await opened({ schema }).commit([commit])).toMatchObject([{ status: 'committed' }])
  })

  it('a user who may not write', async () => {
    const schema = freshSchema()
    await opened({ schema }).commit([draft('a', 'new')])
    await outside.query(
      `create role ${schema} login; grant usage on schema ${schema} to ${schema}; grant select on all tables in schema ${schema} to ${schema}`,
    )
    onTestFinished(async () => {
      await outside.query(`drop owned by ${schema}; drop role ${schema}`)
    })
    const limited = new URL(url)
    limited.username = schema
    const storage = closing(createPostgresStorage({ url: limited.href, schema }))
    expect((await read(storage, 'a')).commits.length).toBe(1)
    await expect(storage.commit([draft('b', 'new')])).rejects.toEqual(
      failure('WF_STORAGE_UNAVAILABLE', 'does not permit this'),
    )
  })

  it('a server that would lose commits with its machine, unless that is declared', async () => {
    const schema = freshSchema()
    const connection = { connectionString: url, options: '-c synchronous_commit=off' }
    await expect(commitTo(closing(createPostgresStorage({ connection, schema })))).rejects.toEqual(
      failure('WF_UNSUPPORTED', 'synchronous_commit off', "survives: 'process'"),
    )
    const declared = closing(createPostgresStorage({ connection, schema, survives: 'process' }))
    expect(declared.capabilities.survives).toBe('process')
    expect(await commitTo(declared)).toMatchObject([{ status: 'committed' }])
  })
})

describe('connections', TIMEOUT, () => {
  it('that are cut while nobody uses them are replaced', async () => {
    const schema = freshSchema()
    const warnings: unknown[] = []
    const connection = { connectionString: url, application_name: schema }
    const logger = { warn: (_: object, warning: string) => void warnings.push(warning) }
    const storage = closing(createPostgresStorage({ connection, schema, logger }))
    await commitTo(storage)
    await outside.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [schema])
    await expect.poll(() => warnings.length).toBeGreaterThan(0)
    expect(await storage.commit([draft('b', 'new')])).toMatchObject([{ status: 'committed' }])
  })

  it('of a pool of the user stay open, and serve several schemas', async () => {
    const pool = new pg.Pool({ connectionString: url, max: 1 })
    const storages = [1, 2].map(() => createPostgresStorage({ pool, schema: freshSchema() }))
    for (const storage of storages) await commitTo(storage)
    for (const storage of storages) expect((await read(storage, 'a')).commits.length).toBe(1)
    for (const storage of storages) await storage.close()
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })

  it('are closed once what was asked before is answered; then nothing is', async () => {
    const storage = opened()
    const answers = Promise.all([1, 2, 3].map((id) => storage.commit([draft(`${id}`, 'new')])))
    await Promise.all([storage.close(), storage.close()])
    expect((await answers).flat().every(({ status }) => status === 'committed')).toBe(true)
    await expect(storage.load([])).rejects.toEqual(failure('WF_CLOSED', 'has been closed'))
    expect(await storage.health()).toMatchObject({ ok: false, because: expect.stringContaining('has been closed') })
  })
})

it('says that it is well, and how quickly', async () => {
  const storage = opened()
  expect(await storage.health()).toEqual({
    ok: true,
    server: expect.stringContaining('postgres://'),
    roundTripMs: expect.any(Number),
  })
})

it('a call that is refused leaves the others of its group alone', TIMEOUT, async () => {
  const storage = opened()
  await storage.load([])
  const { header: _, ...headless } = draft('b', { any: { version: 0, commitId: '' } })
  const [first, refused, last] = await Promise.allSettled([
    storage.commit([draft('a', 'new')]),
    storage.commit([draft('c', 'new'), headless]),
    storage.commit([draft('d', 'new')]),
  ])
  expect([first.status, last.status]).toEqual(['fulfilled', 'fulfilled'])
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'WF_INVALID_OPTION', field: 'header' } })
  expect(await storage.load([{ journal: draft('c', 'new').journal }])).toEqual([undefined])
})

it.for([
  [{}, 'url'],
  [{ url, connection: {} }, 'url'],
  [{ url: 'redis://localhost:6379' }, 'url'],
  [{ pool: new pg.Client({ connectionString: url }) as unknown as pg.Pool }, 'pool'],
  [{ url: `no url ${PASSWORD}` }, 'url'],
  [{ connection: 'text' }, 'connection'],
  [{ pool: {} }, 'pool'],
  [{ url, schema: '' }, 'schema'],
  [{ url, schema: 'a\0b' }, 'schema'],
  [{ url, schema: 'half \ud800' }, 'schema'],
  [{ url, schema: 'ü'.repeat(32) }, 'schema'],
  [{ url, schema: 'pg_mine' }, 'schema'],
  [{ url, survives: 'nothing' }, 'survives'],
  [{ url, maxCommitBytes: 0 }, 'maxCommitBytes'],
  [{ url, maxCommitBytes: 1e9 }, 'maxCommitBytes'],
] as const)('refuses the options %#', ([options, field]) => {
  const create = () => createPostgresStorage(options as unknown as PostgresStorageOptions)
  expect(create).toThrow(expect.objectContaining({ code: 'WF_INVALID_OPTION', field }))
  expect(create).not.toThrow(PASSWORD)
})
