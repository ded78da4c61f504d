import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { type Commit, type Head, isWorkflowError, type Storage } from '@wf/core'
import { draft, item, type Landed, read, run } from './given.js'

export interface Appends {
  readonly appenders: number
  /** Commits of each of them. */
  readonly each: number
}

interface Appended {
  readonly commit: Commit
  readonly answer: Landed
}

const JOURNAL = run('appended')
const PAUSE_MS = 5

/**
 * Many append to one journal at once, through one object or several over the same data, also while their connections are
 * cut: a call that was refused because the storage was away is made again. Each commit is repeated once it is answered, and
 * must be answered as before. In the end the versions must be dense, each commit there once, at the version that its
 * answer named and with what the answer called missed before it. The answer is how many calls had to be made again.
 */
export async function playAppends(storages: readonly Storage[], { appenders, each }: Appends): Promise<number> {
  const first = item(storages, 0)
  const count = { repeats: 0 }
  const [begun] = await insist(() => first.commit([draft(JOURNAL, 'new')]), count)
  if (begun?.status !== 'committed') assert.fail(`the journal was begun with "${begun?.status}"`)
  const origin = begun.head
  const appended: Appended[] = []
  const all = Array.from({ length: appenders }, (_, index) =>
    append(item(storages, index % storages.length), { origin, each, appended, count }),
  )
  await Promise.all(all)
  assert.equal(appended.length, appenders * each)
  const { commits } = await insist(() => read(first, JOURNAL), count)
  assert.deepEqual(
    commits.map(({ version }) => version),
    Array.from({ length: appended.length + 1 }, (_, index) => index + 1),
    'the versions have holes or doubles',
  )
  assert.equal(new Set(commits.map(({ commitId }) => commitId)).size, commits.length, 'a commit is there twice')
  for (const { commit, answer } of appended) {
    const { version } = answer.head
    assert.equal(commits[version - 1]?.commitId, commit.commitId, `version ${version} is another commit`)
    const expected = commits.slice(baseOf(commit).version, version - 1).map(({ commitId }) => commitId)
    assert.deepEqual(
      answer.missed.map(({ commitId }) => commitId),
      expected,
      `version ${version} was told something else of what it missed`,
    )
  }
  return count.repeats
}

interface Appending {
  readonly origin: Head
  readonly each: number
  readonly appended: Appended[]
  readonly count: { repeats: number }
}

/** One commit after the other, each from what the last one has seen. */
async function append(storage: Storage, { origin, each, appended, count }: Appending): Promise<void> {
  let seen = origin
  for (let made = 0; made < each; made += 1) {
    const commit = draft(JOURNAL, { any: seen })
    const [answer] = await insist(() => storage.commit([commit]), count)
    if (answer?.status !== 'committed') assert.fail(`an append was answered with "${answer?.status}"`)
    const [again] = await insist(() => storage.commit([commit]), count)
    assert.deepEqual(again, answer, `"${commit.commitId}" was answered otherwise when it was repeated`)
    appended.push({ commit, answer })
    seen = answer.head
  }
}

/** Until there is an answer. */
async function insist<Answer>(call: () => Promise<Answer>, count: { repeats: number }): Promise<Answer> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!isWorkflowError(error, 'WF_STORAGE_UNAVAILABLE')) throw error
      count.repeats += 1
      await pause(PAUSE_MS)
    }
  }
}

function baseOf({ base }: Commit): Head {
  if (typeof base === 'object' && 'any' in base) return base.any
  return assert.fail('appends are based on any')
}
