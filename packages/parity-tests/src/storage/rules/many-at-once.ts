import assert from 'node:assert/strict'
import type { Commit, Entry, Head, Storage } from '@wf/core'
import { begin, commitOne, draft, event, factsOf, item, landOne, read, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

/** More than fits into one page, batch or list of parameters of many a server. */
const MANY = 300

export const manyRules: readonly StorageRule[] = [
  {
    id: 'storage.commit.many',
    states: 'Three hundred commits of one call land, each in its journal.',
    since: '0.1.0',
    async check({ storage }) {
      const commits = named('run').map((id) => draft(run(id), 'new'))
      const answers = await storage.commit(commits)
      assert.deepEqual(
        answers.map((answer) => ('head' in answer ? answer.head.commitId : answer.status)),
        commits.map(({ commitId }) => commitId),
      )
      assert.deepEqual(
        await factsOf(storage, run(`run ${MANY - 1}`)),
        item(commits, MANY - 1).entries.map(({ fact }) => fact),
      )
    },
  },
  {
    id: 'storage.load.many',
    states: 'Three hundred reads of one call are answered.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('run 0'))
      await begin(storage, run(`run ${MANY - 1}`))
      const slices = await storage.load(named('run').map((id) => ({ journal: run(id) })))
      const found = slices.flatMap((slice, index) => (slice === undefined ? [] : [index]))
      assert.deepEqual({ answers: slices.length, found }, { answers: MANY, found: [0, MANY - 1] })
    },
  },
  {
    id: 'storage.session.many',
    states: 'A beat may ask for three hundred sessions.',
    since: '0.1.0',
    async check({ storage }) {
      await storage.renew({ session: 'session 7', ttlMs: 60_000, ask: [] })
      const { expired } = await storage.renew({ session: 'asker', ttlMs: 60_000, ask: named('session') })
      assert.deepEqual(
        { expired: expired.length, lives: expired.includes('session 7') },
        { expired: 299, lives: false },
      )
    },
  },
  {
    id: 'storage.entries.many',
    states: 'A commit may have three hundred entries, and their values are picked in one read.',
    since: '0.1.0',
    async check({ storage }) {
      const entries = named('fact').map((fact): Entry => ({ type: 'event', fact, value: `value of ${fact}` }))
      await begin(storage, run('a'), { entries })
      const pick = entries.map((_, index) => ({ version: 1, index }))
      const { commits, picked } = await read(storage, run('a'), { withValues: true, pick })
      assert.deepEqual(item(commits, 0).entries, entries)
      const values = new Map(picked.map(({ index, value }) => [index, value]))
      assert.deepEqual(
        entries.map((_, index) => values.get(index)),
        entries.map(({ value }) => value),
      )
    },
  },
  {
    id: 'storage.base.all-missed',
    states: 'However much was missed, all of it is told.',
    since: '0.1.0',
    async check({ storage }) {
      const { first, head } = await beginLong(storage)
      const versions = Array.from({ length: head.version - 1 }, (_, index) => index + 2)
      const stale = await commitOne(storage, draft(run('a'), first))
      assert.deepEqual(stale.status === 'stale' && stale.missed.map(({ version }) => version), versions, 'when stale')
      const { missed } = await landOne(storage, draft(run('a'), { any: first }))
      assert.deepEqual(
        missed.map(({ version }) => version),
        versions,
        'when it landed',
      )
    },
  },
  {
    id: 'storage.load.whole',
    states: 'Whoever reads on for as long as a read says that there is more gets every commit, of whatever many.',
    since: '0.1.0',
    async check({ storage }) {
      const { head } = await beginLong(storage)
      const versions: number[] = []
      for (let more = true, reads = 0; more && reads < MANY; reads += 1) {
        const slice = await read(storage, run('a'), { after: versions.at(-1) ?? 0 })
        versions.push(...slice.commits.map(({ version }) => version))
        more = slice.more
      }
      assert.deepEqual(
        versions,
        Array.from({ length: head.version }, (_, index) => index + 1),
      )
    },
  },
  {
    id: 'storage.commit.opposite-orders',
    states: 'Calls that name the same journals in opposite orders do not lock each other out.',
    since: '0.1.0',
    async check({ storage, peer }) {
      const other = await peer()
      const ids = ['a', 'b', 'c', 'd', 'e', 'f']
      const heads = new Map<string, Head>()
      for (const id of ids) heads.set(id, await begin(storage, run(id), { entries: [event('begun')] }))
      const commitAll = (writer: Storage, order: readonly string[]) =>
        writer.commit(order.map((id) => draft(run(id), { any: heads.get(id) ?? { version: 0, commitId: '' } })))
      const calls = Array.from({ length: 6 }, () => [commitAll(storage, ids), commitAll(other, ids.toReversed())])
      const answers = (await Promise.all(calls.flat())).flat()
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], ['committed'])
      for (const id of ids) assert.equal((await factsOf(storage, run(id))).length, 13, `commits of ${id}`)
    },
  },
]

function named(name: string): string[] {
  return Array.from({ length: MANY }, (_, index) => `${name} ${index}`)
}

/** A journal of more commits than a page, written in calls that are none. */
async function beginLong(storage: Storage): Promise<{ readonly first: Head; readonly head: Head }> {
  const first = await begin(storage, run('a'))
  let head = first
  while (head.version < MANY) {
    const drafts: Commit[] = []
    for (let count = 0; count < 50; count += 1) {
      const next = draft(run('a'), head)
      drafts.push(next)
      head = { version: head.version + 1, commitId: next.commitId }
    }
    const last = (await storage.commit(drafts)).at(-1)
    if (last?.status !== 'committed') assert.fail(`the commit was answered with "${last?.status}" instead of landing`)
  }
  return { first, head }
}
