import { chmodSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Storage } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { createSqliteStorage } from '../src/index.js'
import { closing, draft, freshPath, read } from './given.js'

const error = (code: string, ...parts: string[]) =>
  expect.objectContaining({ code, message: expect.stringMatching(new RegExp(parts.join('.*'))) })

function opened(path: string): unknown {
  try {
    closing(createSqliteStorage({ path }))
    return 'opened'
  } catch (thrown) {
    return thrown
  }
}

/** As the user that may write nothing: to the superuser no file is read-only. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work()
  process.seteuid?.(65_534)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}

async function filled(path: string): Promise<void> {
  const storage = createSqliteStorage({ path })
  await storage.commit([draft('a', 'new')])
  await storage.close()
}

describe('a file that cannot be used is refused when the storage is created, by name and with advice:', () => {
  it('in a folder that does not exist', () => {
    expect(opened(`${freshPath()}/none.db`)).toEqual(
      error('WF_STORAGE_UNAVAILABLE', 'none.db" cannot be opened: give a path in a folder'),
    )
  })

  it('a folder', () => {
    expect(opened(dirname(freshPath()))).toEqual(error('WF_STORAGE_UNAVAILABLE', 'wf-sqlite-', 'cannot be opened'))
  })

  it('no database at all', () => {
    const path = freshPath()
    writeFileSync(path, 'plain text\n'.repeat(1_000))
    expect(opened(path)).toEqual(error('WF_STORAGE', 'journals.db" is no SQLite database'))
  })

  it('the database of another program, which stays as it was', () => {
    const path = freshPath()
    const other = new DatabaseSync(path)
    other.exec('create table customers (name text)')
    expect(opened(path)).toEqual(error('WF_STORAGE', 'journals.db" belongs to another program'))
    expect(other.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'delete' })
    other.close()
  })

  it('a file of a later release', async () => {
    const path = freshPath()
    await filled(path)
    const later = new DatabaseSync(path)
    later.exec('pragma user_version = 99')
    later.close()
    expect(opened(path)).toEqual(error('WF_UNSUPPORTED', 'journals.db" has schema 99', 'use the release'))
  })

  it('a damaged file', async () => {
    const path = freshPath()
    await filled(path)
    writeFileSync(path, Buffer.alloc(8_192, 7), { flag: 'r+' })
    expect(opened(path)).toEqual(error('WF_STORAGE', 'journals.db" is (no SQLite database|damaged)'))
  })

  it('a file that this process may not write', async () => {
    const path = freshPath()
    await filled(path)
    chmodSync(path, 0o444)
    chmodSync(dirname(path), 0o555)
    expect(await asNobody(async () => opened(path))).toEqual(
      error('WF_STORAGE_UNAVAILABLE', 'journals.db" cannot be (written|opened)'),
    )
    chmodSync(dirname(path), 0o755)
    chmodSync(path, 0o644)
    expect(opened(path)).toBe('opened')
  })
})

it('a file that a later release takes over while it is open is not written any more', async () => {
  const path = freshPath()
  const storage = closing(createSqliteStorage({ path }))
  const [answer] = await storage.commit([draft('a', 'new')])
  expect(answer?.status).toBe('committed')
  const later = new DatabaseSync(path)
  later.exec('pragma user_version = 99')
  await expect(storage.commit([draft('b', 'new')])).rejects.toEqual(error('WF_UNSUPPORTED', 'schema 99'))
  await expect(storage.load([])).rejects.toEqual(error('WF_UNSUPPORTED', 'schema 99'))
  expect(later.prepare('select id from journals').all()).toEqual([{ id: 'a' }])
  later.close()
})

describe('a file that another process keeps locked', () => {
  const lock = (path: string, how: 'immediate' | 'exclusive'): DatabaseSync => {
    const other = new DatabaseSync(path)
    other.exec(`begin ${how}`)
    return other
  }

  it('is written as soon as it is free, while readers go on', async () => {
    const path = freshPath()
    await filled(path)
    const storage = closing(createSqliteStorage({ path }))
    const other = lock(path, 'immediate')
    const answers = Promise.all([
      storage.commit([draft('b', 'new')]),
      storage.renew({ session: 's', ttlMs: 1, ask: [] }),
    ])
    expect((await read(storage, 'a')).commits.length).toBe(1)
    other.close()
    expect((await answers)[0]).toMatchObject([{ status: 'committed' }])
  })

  it('is opened as soon as it is free', async () => {
    const path = freshPath()
    const other = lock(path, 'exclusive')
    const storage = closing(createSqliteStorage({ path }))
    const answers = storage.commit([draft('a', 'new')])
    other.close()
    expect(await answers).toMatchObject([{ status: 'committed' }])
  })

  it('fails a call after the time that was given, and goes on when it is free', async () => {
    const path = freshPath()
    const storage: Storage = closing(createSqliteStorage({ path, lockTimeoutMs: 50 }))
    const other = lock(path, 'immediate')
    const commits = [draft('a', 'new'), draft('b', 'new')]
    await expect(storage.commit(commits)).rejects.toEqual(
      error('WF_STORAGE_UNAVAILABLE', 'journals.db" was locked', '50 ms'),
    )
    other.close()
    expect(await storage.commit(commits)).toMatchObject([{ status: 'committed' }, { status: 'committed' }])
  })

  it('is closed without waiting for it', async () => {
    const path = freshPath()
    const storage = createSqliteStorage({ path })
    const other = lock(path, 'immediate')
    await storage.close()
    other.close()
    await filled(path)
  })
})

it.for([
  [{ path: '' }, 'path'],
  [{ path: 'x', synchronous: 'off' }, 'synchronous'],
  [{ path: 'x', maxCommitBytes: 0 }, 'maxCommitBytes'],
  [{ path: 'x', maxCommitBytes: 1e9 }, 'maxCommitBytes'],
  [{ path: 'x', lockTimeoutMs: Number.NaN }, 'lockTimeoutMs'],
] as const)('refuses the options %o', ([options, field]) => {
  expect(() => createSqliteStorage(options as never)).toThrow(error('WF_INVALID_OPTION', `"${field}"`))
})
