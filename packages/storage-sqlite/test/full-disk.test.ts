import { type Storage, systemClock } from '@wf/core'
import { expect, it, onTestFinished } from 'vitest'
import { migrations } from '../src/schema.js'
import { storageOn } from '../src/storage-on.js'
import { createTransactor } from '../src/transactor.js'
import { closing, draft, freshPath, read } from './given.js'

interface Limited {
  readonly storage: Storage
  /** As if the disk had so many pages of 4 KiB. */
  limit(pages: number): Promise<void>
  /** What SQLite says of the file. */
  check(): Promise<unknown>
  /** Transactions that were begun. */
  readonly runs: () => number
}

function limited(): Limited {
  const transactor = createTransactor({ path: freshPath(), synchronous: 'normal', lockTimeoutMs: 5_000, migrations })
  let runs = 0
  const counted: typeof transactor = {
    ...transactor,
    run(access, work) {
      runs += 1
      return transactor.run(access, work)
    },
  }
  const capabilities = { survives: 'process', maxCommitBytes: undefined } as const
  const storage = closing(storageOn(counted, { clock: systemClock, capabilities }))
  onTestFinished(() => storage.close())
  return {
    storage,
    runs: () => runs,
    limit: (pages) => transactor.run('deferred', (connection) => connection.exec(`pragma max_page_count = ${pages}`)),
    check: () => transactor.run('deferred', (connection) => connection.get('pragma integrity_check')?.integrity_check),
  }
}

const large = [{ type: 'event' as const, fact: 'large', value: 'v'.repeat(5_000_000) }]
const full = expect.objectContaining({
  code: 'WF_STORAGE_UNAVAILABLE',
  message: expect.stringMatching(/journals\.db" has no room left: make space/),
})

it('a call for which there is no room fails alone, and lands when there is', async () => {
  const { storage, limit, check } = limited()
  await limit(200)
  const commit = draft('large', 'new', large)
  const [small, refused, other] = await Promise.allSettled([
    storage.commit([draft('small', 'new')]),
    storage.commit([commit]),
    storage.commit([draft('other', 'new')]),
  ])
  expect([small.status, other.status]).toEqual(['fulfilled', 'fulfilled'])
  expect(refused).toEqual({ status: 'rejected', reason: full })
  expect(await storage.load([{ journal: commit.journal }])).toEqual([undefined])
  expect(await check()).toBe('ok')
  await limit(1e6)
  expect(await storage.commit([commit])).toMatchObject([{ status: 'committed' }])
  expect((await read(storage, 'large')).commits[0]?.entries).toEqual(large)
  expect((await read(storage, 'small')).commits.length).toBe(1)
})

it('one commit of a call for which there is no room fails the call, not the other commits', async () => {
  const { storage, limit } = limited()
  await limit(200)
  const commits = [draft('a', 'new'), draft('large', 'new', large), draft('b', 'new')]
  await expect(storage.commit(commits)).rejects.toEqual(full)
  expect(
    (await storage.load(commits.map(({ journal }) => ({ journal })))).map((slice) => slice?.header.journal.id),
  ).toEqual(['a', undefined, 'b'])
  await limit(1e6)
  // Repeated under the same ids: what had landed is answered again.
  expect(await storage.commit(commits)).toMatchObject(
    [1, 1, 1].map((version) => ({ status: 'committed', head: { version } })),
  )
})

it('calls that wait at the same moment are one transaction', async () => {
  const { storage, runs } = limited()
  const calls = Array.from({ length: 50 }, (_, index) => storage.commit([draft(`run ${index}`, 'new')]))
  const answers = await Promise.all(calls)
  expect(answers.flat().every(({ status }) => status === 'committed')).toBe(true)
  expect(runs()).toBe(1)
})

it('a call that is refused leaves the others of its transaction alone', async () => {
  const { storage, runs } = limited()
  const { header: _, ...headless } = draft('b', { any: { version: 0, commitId: '' } })
  const [first, refused, last] = await Promise.allSettled([
    storage.commit([draft('a', 'new')]),
    storage.commit([draft('c', 'new'), headless]),
    storage.commit([draft('d', 'new')]),
  ])
  expect([first.status, last.status]).toEqual(['fulfilled', 'fulfilled'])
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'WF_INVALID_OPTION', field: 'header' } })
  expect(await storage.load([{ journal: draft('c', 'new').journal }])).toEqual([undefined])
  expect(runs()).toBe(2)
})

it('what was asked before the close is answered', async () => {
  const { storage } = limited()
  const answers = Promise.all([storage.commit([draft('a', 'new')]), storage.commit([draft('b', 'new')])])
  await storage.close()
  expect((await answers).flat()).toMatchObject([{ status: 'committed' }, { status: 'committed' }])
})
