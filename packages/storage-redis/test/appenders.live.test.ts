import { setTimeout } from 'node:timers/promises'
import { type Commit, type Committed, type Head, isWorkflowError, type Storage } from '@wf/core'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import { draft, freshPrefix, opened, run } from './given.js'

const APPENDERS = 64
const APPENDS = Number(process.env.WF_APPENDS ?? 50)
const KILL_EVERY_MS = 200
const TIMEOUT_MS = 60_000 + APPENDS * APPENDERS * 5

let server: Awaited<ReturnType<typeof startRedis>>

beforeAll(async () => {
  server = await startRedis()
}, 30_000)
afterAll(() => server?.stop())

interface Written {
  readonly commit: Commit
  readonly answer: Extract<Committed, { status: 'committed' }>
}

let repeats = 0

/** Until there is an answer, always under the same commit id. */
async function landed(storage: Storage, commit: Commit): Promise<Written> {
  for (;;) {
    try {
      const [answer] = await storage.commit([commit])
      if (answer?.status !== 'committed') expect.unreachable(`it was answered with ${answer?.status}`)
      return { commit, answer }
    } catch (error) {
      if (!isWorkflowError(error, 'WF_STORAGE_UNAVAILABLE')) throw error
      repeats += 1
    }
  }
}

async function append(storage: Storage, given: Head): Promise<Written[]> {
  const written: Written[] = []
  let seen = given
  for (let count = 0; count < APPENDS; count += 1) {
    const one = await landed(storage, draft('a', { any: seen }, [{ type: 'event', fact: `${count}` }]))
    seen = one.answer.head
    written.push(one)
  }
  return written
}

async function appendAll(): Promise<void> {
  const prefix = freshPrefix()
  const storages = Array.from({ length: 4 }, () => opened({ url: server.url, prefix }))
  const at = (index: number): Storage => storages[index % storages.length] ?? expect.unreachable('no storage')
  const begun = await landed(at(0), draft('a', 'new'))
  const appenders = Array.from({ length: APPENDERS }, (_, index) => append(at(index), begun.answer.head))
  const written = [begun, ...(await Promise.all(appenders)).flat()]

  const reader = opened({ url: server.url, prefix })
  const [slice] = await reader.load([{ journal: run('a') }])
  const commits = slice?.commits ?? []
  expect(commits.map(({ version }) => version)).toEqual(written.map((_, index) => index + 1))
  expect(new Set(commits.map(({ commitId }) => commitId)).size).toBe(written.length)
  for (const { commit, answer } of written) {
    expect(commits[answer.head.version - 1]?.commitId).toBe(commit.commitId)
    expect(commits[answer.head.version - 1]?.at).toBe(answer.at)
  }
  for (const { commit, answer } of written.filter((_, index) => index % 97 === 0)) {
    expect(await landed(reader, commit)).toEqual({ commit, answer })
  }
}

describe(`${APPENDERS} appenders of ${APPENDS} commits each to one journal leave no hole and no double`, () => {
  it('undisturbed', appendAll, TIMEOUT_MS)

  it(
    'while all connections are cut again and again',
    async () => {
      const admin = new Redis(server.url)
      const done = new AbortController()
      let kills = 0
      const killing = (async () => {
        while (!done.signal.aborted) {
          kills += Number(await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'))
          await setTimeout(KILL_EVERY_MS)
        }
      })()
      try {
        await appendAll()
      } finally {
        done.abort()
        await killing
        admin.disconnect()
      }
      expect(kills).toBeGreaterThan(4)
      expect(repeats).toBeGreaterThan(0)
    },
    TIMEOUT_MS,
  )
})
