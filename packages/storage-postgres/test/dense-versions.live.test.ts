import { setTimeout } from 'node:timers/promises'
import { type Commit, type Committed, type Head, isWorkflowError, ORIGIN, type Storage } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { createPostgresStorage } from '../src/index.js'
import { closing, draft, freshSchema, outside, read, run, url } from './given.js'

const APPENDERS = 64
const APPENDS = Number(process.env.WF_APPENDS ?? 50)
const TIMEOUT = { timeout: 60_000 + APPENDS * APPENDERS * 5 }

async function begin(schema: string): Promise<void> {
  await closing(createPostgresStorage({ url, schema })).commit([draft('shared', 'new')])
}

interface Appended {
  readonly commit: Commit
  readonly answer: Extract<Committed, { status: 'committed' }>
}

/** One after the other; what fails is repeated under the same id until there is an answer. */
async function append(storage: Storage, appended: Appended[]): Promise<number> {
  let given: Head = ORIGIN
  let failures = 0
  for (let count = 0; count < APPENDS; count += 1) {
    const commit = draft('shared', { any: given }, [{ type: 'event', fact: 'f' }])
    for (;;) {
      const answers = await storage.commit([commit]).catch((error: unknown) => error)
      const [answer]: readonly Committed[] = Array.isArray(answers) ? answers : []
      if (answer?.status === 'committed') {
        appended.push({ commit, answer })
        given = answer.head
        break
      }
      if (!isWorkflowError(answers, 'WF_STORAGE_UNAVAILABLE')) throw answers
      failures += 1
      await setTimeout(10)
    }
  }
  return failures
}

async function appendAll(
  storages: readonly Storage[],
): Promise<{ readonly appended: Appended[]; readonly failures: number }> {
  const appended: Appended[] = []
  const each = Array.from({ length: APPENDERS }, (_, index) => {
    const storage = storages[index % storages.length]
    return storage ? append(storage, appended) : 0
  })
  const failures = (await Promise.all(each)).reduce((sum, count) => sum + count, 0)
  return { appended, failures }
}

/** Every answer is true, of each version there is one, and who asks again is told the same. */
async function compare(storage: Storage, appended: readonly Appended[]): Promise<void> {
  const { commits } = await read(storage, 'shared')
  expect(appended.length).toBe(APPENDERS * APPENDS)
  expect(commits.map(({ version }) => version)).toEqual(
    Array.from({ length: appended.length + 1 }, (_, index) => index + 1),
  )
  expect(new Set(commits.map(({ commitId }) => commitId)).size).toBe(commits.length)
  for (const { answer, commit } of appended) {
    const { version, commitId } = answer.head
    const after = 'any' in Object(commit.base) ? Object(commit.base).any.version : 0
    expect(commits[version - 1]?.commitId).toBe(commitId)
    expect(answer.missed.map((missed) => missed.version)).toEqual(
      Array.from({ length: version - after - 1 }, (_, index) => after + 1 + index),
    )
  }
  for (const { answer, commit } of appended.slice(-20)) expect(await storage.commit([commit])).toEqual([answer])
  expect((await storage.load([{ journal: run('shared') }]))[0]?.commits.length).toBe(commits.length)
}

describe(`${APPENDERS} who append to one journal at once, ${APPENDS} times each`, () => {
  it('get dense versions and true answers', TIMEOUT, async () => {
    const schema = freshSchema()
    const storages = [1, 2].map(() => closing(createPostgresStorage({ url, schema })))
    await begin(schema)
    const { appended, failures } = await appendAll(storages)
    expect(failures).toBe(0)
    await compare(closing(createPostgresStorage({ url, schema })), appended)
  })

  it('get them too while their connections are cut again and again', TIMEOUT, async () => {
    const schema = freshSchema()
    const logger = { warn: () => undefined }
    const open = () =>
      createPostgresStorage({ connection: { connectionString: url, application_name: schema }, schema, logger })
    const storages = [1, 2].map(() => closing(open()))
    await begin(schema)
    let appending = true
    let cut = 0
    const cutting = (async () => {
      while (appending) {
        // More and more rarely, so that a slow machine gets on as well.
        await setTimeout(Math.min(200, APPENDS * 5) + 5 * cut)
        const { rowCount } = await outside.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
          [schema],
        )
        cut += rowCount ?? 0
      }
    })()
    const { appended, failures } = await appendAll(storages).finally(() => {
      appending = false
    })
    await cutting
    expect(cut).toBeGreaterThan(0)
    expect(failures).toBeGreaterThan(0)
    await compare(closing(createPostgresStorage({ url, schema })), appended)
  })
})
