import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { createSqliteStorage } from '../src/index.js'
import { freshPath, read } from './given.js'
import { type Landed, spawnWriter } from './processes/spawn-writer.js'

const TIMEOUT = { timeout: 120_000 }

function integrity(path: string): unknown {
  const database = new DatabaseSync(path)
  const [row] = database.prepare('pragma integrity_check').all()
  database.close()
  return row?.integrity_check
}

/** Every commit that was answered is in its journal, where the answer says; what else is there was never answered. */
async function compare(path: string, landed: readonly Landed[]): Promise<{ readonly unanswered: number }> {
  const storage = createSqliteStorage({ path })
  let unanswered = 0
  for (const id of new Set(landed.map((one) => one.id))) {
    const { commits, header } = await read(storage, id)
    expect(commits.map(({ version }) => version)).toEqual(commits.map((_, index) => index + 1))
    expect(header.head).toEqual({ version: commits.length, commitId: commits.at(-1)?.commitId })
    const own = landed.filter((one) => one.id === id)
    for (const { commitId, version } of own) expect(commits[version - 1]?.commitId).toBe(commitId)
    expect(new Set(commits.map(({ commitId }) => commitId)).size).toBe(commits.length)
    unanswered += commits.length - own.length
  }
  await storage.close()
  return { unanswered }
}

it(
  'four processes that make the file at once, and write to the same and to different journals, lose nothing',
  TIMEOUT,
  async () => {
    const path = freshPath()
    const names = ['one', 'two', 'three', 'four']
    const writers = names.map((name) =>
      spawnWriter({ path, name, journals: ['shared', name, 'also-shared'], commits: 300 }),
    )
    const ends = await Promise.all(writers.map(({ ended }) => ended))
    expect(ends).toEqual(names.map(() => ({ how: 0, errors: '' })))
    expect(writers.map(({ said }) => said)).toEqual(names.map(() => ['closed']))
    const landed = writers.flatMap((writer) => writer.landed)
    expect(landed.length).toBe(1_200)
    expect(await compare(path, landed)).toEqual({ unanswered: 0 })
    expect(integrity(path)).toBe('ok')
    // Whoever closes last leaves one plain file.
    expect([existsSync(`${path}-wal`), existsSync(`${path}-shm`)]).toEqual([false, false])
  },
)

it('what was answered is there after its process was killed in the middle of its commits', TIMEOUT, async () => {
  const path = freshPath()
  const landed: Landed[] = []
  for (let round = 0; round < 5; round += 1) {
    const order = {
      path,
      name: `round-${round}`,
      journals: ['a', `b-${round}`],
      commits: 1e9,
      valueBytes: round * 10_000,
    }
    const writer = spawnWriter({ ...order, synchronous: round % 2 === 0 ? 'normal' : 'full' })
    await writer.reached(20 + 17 * round)
    writer.process.kill('SIGKILL')
    expect(await writer.ended).toEqual({ how: 'SIGKILL', errors: '' })
    landed.push(...writer.landed)
    expect(integrity(path)).toBe('ok')
    // The one commit that was under way may have landed too.
    expect((await compare(path, landed)).unanswered).toBeLessThanOrEqual(round + 1)
  }
  expect(landed.length).toBeGreaterThanOrEqual(20 + 37 + 54 + 71 + 88)
})

it(
  'a disk that refuses to write stops the process with a clear error, and nothing that was answered is lost',
  TIMEOUT,
  async () => {
    const path = freshPath()
    const order = { path, name: 'limited', journals: ['a'], commits: 1_000, valueBytes: 20_000 }
    const writer = spawnWriter(order, 'ulimit -f 1000')
    expect(await writer.ended).toEqual({ how: 0, errors: '' })
    expect(writer.said).toEqual([
      expect.stringMatching(/^failed WF_STORAGE_UNAVAILABLE .*journals\.db.*disk/),
      'closed',
    ])
    expect(writer.landed.length).toBeGreaterThan(5)
    expect(await compare(path, writer.landed)).toEqual({ unanswered: 0 })
    expect(integrity(path)).toBe('ok')
    const later = spawnWriter({ ...order, name: 'later', commits: 20 })
    await later.ended
    expect(later.landed.length).toBe(20)
    await compare(path, [...writer.landed, ...later.landed])
  },
)
