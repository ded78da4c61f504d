import { setTimeout } from 'node:timers/promises'
import { type Commit, type Committed, isWorkflowError } from '@wf/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPostgres } from '../../../scripts/services/start-postgres.mjs'
import { createPostgresStorage, type PostgresStorage } from '../src/index.js'
import { draft, read } from './given.js'

let server: Awaited<ReturnType<typeof startPostgres>>

beforeAll(async () => {
  server = await startPostgres()
}, 120_000)
afterAll(() => server.stop(), 60_000)

/** Repeats under the same id until there is an answer, as engines do. */
async function land(storage: PostgresStorage, commit: Commit): Promise<Committed | undefined> {
  for (;;) {
    try {
      return (await storage.commit([commit]))[0]
    } catch (error) {
      if (!isWorkflowError(error, 'WF_STORAGE_UNAVAILABLE')) throw error
      await setTimeout(50)
    }
  }
}

it('a server that is cut off in the middle of commits loses nothing that was answered', {
  timeout: 120_000,
}, async () => {
  const storage = createPostgresStorage({ url: server.url, logger: { warn: () => undefined } })
  const answered: Committed[] = []
  let writing = true
  const writer = (async () => {
    let head = { version: 0, commitId: '' }
    while (writing || answered.length < 10) {
      const commit = head.version === 0 ? draft('a', 'new') : draft('a', head, [{ type: 'event', fact: 'f' }])
      const answer = await land(storage, commit)
      if (answer?.status !== 'committed') expect.unreachable(`answered with ${answer?.status}`)
      answered.push(answer)
      head = answer.head
    }
  })()
  for (let round = 1; round <= 2; round += 1) {
    await expect.poll(() => answered.length, { timeout: 30_000 }).toBeGreaterThan(20 * round)
    await server.restart({ mode: 'immediate' })
    expect(await storage.health()).toMatchObject({ server: expect.stringContaining('127.0.0.1') })
  }
  writing = false
  await writer
  const { commits } = await read(storage, 'a')
  expect(commits.map(({ version, commitId }) => ({ version, commitId }))).toEqual(
    answered.map((answer) => 'head' in answer && answer.head),
  )
  await storage.close()
})
