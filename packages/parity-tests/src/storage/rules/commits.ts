import assert from 'node:assert/strict'
import type { Commit, Storage } from '@wf/core'
import {
  begin,
  commitOne,
  DAY,
  draft,
  event,
  factsOf,
  find,
  HEADER,
  item,
  landOne,
  read,
  refused,
  run,
} from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const commitRules: readonly StorageRule[] = [
  {
    id: 'storage.commit.new-creates',
    states: "A commit based on 'new' begins the journal: version 1, under the commit's own id, with nothing missed.",
    since: '0.1.0',
    async check({ storage }) {
      const { head, missed } = await landOne(storage, draft(run('a'), 'new', { commitId: 'first' }))
      assert.deepEqual({ head, missed }, { head: { version: 1, commitId: 'first' }, missed: [] })
    },
  },
  {
    id: 'storage.commit.new-exists',
    states: "A commit based on 'new' is answered with `exists` and the head when the journal is there.",
    since: '0.1.0',
    async check({ storage }) {
      const head = await begin(storage, run('a'))
      assert.deepEqual(await commitOne(storage, draft(run('a'), 'new')), { status: 'exists', head })
    },
  },
  {
    id: 'storage.commit.based-lands',
    states: 'A commit based on the head becomes the next version, with nothing missed.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'))
      const { head, missed } = await landOne(storage, draft(run('a'), base, { commitId: 'second' }))
      assert.deepEqual({ head, missed }, { head: { version: 2, commitId: 'second' }, missed: [] })
    },
  },
  {
    id: 'storage.commit.refused-changes-nothing',
    states: 'Header, wake-up and seal of a commit that does not land have no effect.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'))
      await landOne(storage, draft(run('a'), base))
      const before = await read(storage, run('a'))
      const late = draft(run('a'), base, { header: { status: 'failed', tags: ['late'] }, wakeInMs: DAY, seal: true })
      assert.equal((await commitOne(storage, late)).status, 'stale')
      assert.deepEqual(await read(storage, run('a')), before, 'the journal has changed')
    },
  },
  {
    id: 'storage.commit.no-entries',
    states: 'A commit without entries takes a version like any other, with its header.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'))
      const { head } = await landOne(storage, draft(run('a'), base, { entries: [], header: { status: 'paused' } }))
      const { header, commits } = await read(storage, run('a'))
      assert.deepEqual([header.head, header.status], [head, 'paused'])
      assert.deepEqual(item(commits, 1).entries, [])
    },
  },
  {
    id: 'storage.commit.answers-in-order',
    states: 'The answers to a call come in the order of its commits.',
    since: '0.1.0',
    async check({ storage }) {
      const ids = ['f', 'b', 'h', 'a', 'g', 'd', 'c', 'e']
      const answers = await storage.commit(ids.map((id) => draft(run(id), 'new', { commitId: `commit of ${id}` })))
      const named = answers.map((answer) => ('head' in answer ? answer.head.commitId : answer.status))
      assert.deepEqual(
        named,
        ids.map((id) => `commit of ${id}`),
      )
    },
  },
  {
    id: 'storage.commit.same-journal-in-order',
    states: 'Commits of one call to one journal are applied one after the other, each on what the one before left.',
    since: '0.1.0',
    async check({ storage }) {
      const first = draft(run('a'), 'new')
      const second = draft(run('a'), { version: 1, commitId: first.commitId })
      const third = draft(run('a'), { any: { version: 1, commitId: first.commitId } })
      const answers = await storage.commit([first, second, third])
      assert.deepEqual(
        answers.map((answer) => [answer.status, 'head' in answer && answer.head.version]),
        [1, 2, 3].map((version) => ['committed', version]),
      )
    },
  },
  {
    id: 'storage.commit.independent',
    states: 'A commit that is refused does not keep the others of its call from landing.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'))
      const answers = await storage.commit([draft(run('a'), 'new'), draft(run('b'), 'new'), draft(run('c'), 'new')])
      assert.deepEqual(
        answers.map(({ status }) => status),
        ['exists', 'committed', 'committed'],
      )
      assert.equal((await factsOf(storage, run('c'))).length, 1)
    },
  },
  {
    id: 'storage.commit.one-winner-new',
    states:
      "Of many commits at once that are based on 'new' exactly one lands, and the others are told that it exists.",
    since: '0.1.0',
    async check({ storage, peer }) {
      const outcome = await race([storage, await peer()], 20, () => draft(run('a'), 'new'))
      assert.deepEqual(outcome.statuses, ['committed', ...Array(19).fill('exists')], 'the race had another outcome')
      assert.deepEqual(
        await factsOf(storage, run('a')),
        outcome.facts,
        'the journal holds something else than the winner',
      )
    },
  },
  {
    id: 'storage.commit.one-winner-based',
    states: 'Of many commits at once that are based on the same head exactly one lands, and the others are stale.',
    since: '0.1.0',
    async check({ storage, peer }) {
      const base = await begin(storage, run('a'), { entries: [event('begun')] })
      const outcome = await race([storage, await peer()], 20, () => draft(run('a'), base))
      assert.deepEqual(outcome.statuses, ['committed', ...Array(19).fill('stale')], 'the race had another outcome')
      assert.deepEqual(await factsOf(storage, run('a')), ['begun', ...outcome.facts], 'it holds more than the winner')
    },
  },
  {
    id: 'storage.commit.all-any-land',
    states:
      'Of many commits at once that are based on nothing all land, each under a version of its own, without a hole.',
    since: '0.1.0',
    async check({ storage, peer }) {
      const head = await begin(storage, run('a'), { entries: [event('begun')] })
      const outcome = await race([storage, await peer()], 20, () => draft(run('a'), { any: head }))
      assert.deepEqual(outcome.statuses, Array(20).fill('committed'), 'the race had another outcome')
      assert.deepEqual(
        outcome.versions,
        Array.from({ length: 20 }, (_, index) => index + 2),
      )
      assert.deepEqual([...(await factsOf(storage, run('a')))].sort(), ['begun', ...outcome.facts].sort())
    },
  },
  {
    id: 'storage.commit.concurrent-journals',
    states: 'Commits to many journals at once do not mix.',
    since: '0.1.0',
    async check({ storage, peer }) {
      const writers = [storage, await peer()]
      const ids = Array.from({ length: 40 }, (_, index) => `run ${index}`)
      const begun = ids.map((id, index) =>
        landOne(item(writers, index % 2), draft(run(id), 'new', { entries: [event(`fact of ${id}`)] })),
      )
      await Promise.all(begun)
      for (const id of ids) assert.deepEqual(await factsOf(storage, run(id)), [`fact of ${id}`])
    },
  },
  {
    id: 'storage.commit.malformed-refused',
    states: 'A commit that makes no sense is refused with WF_INVALID_OPTION.',
    since: '0.1.0',
    async check({ storage }) {
      const base = await begin(storage, run('a'))
      for (const [what, malformed] of malformations) {
        const commit = { ...draft(run('a'), base), ...malformed } as Commit
        await refused(() => storage.commit([commit]), 'WF_INVALID_OPTION', what)
      }
    },
  },
  {
    id: 'storage.commit.malformed-writes-nothing',
    states: 'When one commit of a call makes no sense, the whole call is refused and nothing of it is written.',
    since: '0.1.0',
    async check({ storage }) {
      const sound = draft(run('a'), 'new')
      const malformed = draft(run('b'), 'new', { commitId: '' })
      await refused(() => storage.commit([sound, malformed]), 'WF_INVALID_OPTION', 'a call with an empty commit id')
      assert.equal(await find(storage, { journal: run('a') }), undefined, 'the commit before it was written')
    },
  },
]

const malformations: readonly (readonly [string, object])[] = [
  ['an empty commit id', { commitId: '' }],
  ['both kinds of wake-up', { wakeInMs: 1_000, wakeAt: 1_000 }],
  ['a wake-up in no number of milliseconds', { wakeInMs: Number.NaN }],
  ['a wake-up in for ever', { wakeInMs: Number.POSITIVE_INFINITY }],
  ['a wake-up at no date', { wakeAt: Number.NaN }],
  ['a base that is none', { base: 'newest' }],
  ['a base of a negative version', { base: { version: -1, commitId: 'x' } }],
  ['a base of half a version', { base: { version: 1.5, commitId: 'x' } }],
  ['a base without a commit id', { base: { version: 1, commitId: '' } }],
  ['entries that are no list', { entries: 'none' }],
  ['an entry of an unknown type', { entries: [{ type: 'note', fact: 'x' }] }],
  ['an entry whose fact is no text', { entries: [{ type: 'event', fact: 7 }] }],
  ['a value that is neither text nor bytes', { entries: [{ type: 'event', fact: 'x', value: 7 }] }],
  ['a kind of journal that there is not', { journal: { ...run('a'), kind: 'note' } }],
  ['tags that are no list', { header: { ...HEADER, tags: 'red' } }],
  ['a status that is no text', { header: { status: 7 } }],
  ['a seal that is neither true nor false', { seal: 'yes' }],
]

interface RaceOutcome {
  readonly statuses: readonly string[]
  readonly versions: readonly number[]
  /** Of the commits that landed. */
  readonly facts: readonly string[]
}

async function race(writers: readonly Storage[], count: number, make: () => Commit): Promise<RaceOutcome> {
  const commits = Array.from({ length: count }, make)
  const answers = await Promise.all(commits.map((commit, index) => commitOne(item(writers, index % 2), commit)))
  const landed = answers.flatMap((answer, index) =>
    answer.status === 'committed' ? [{ version: answer.head.version, commit: item(commits, index) }] : [],
  )
  return {
    statuses: answers.map(({ status }) => status).sort(),
    versions: landed.map(({ version }) => version).sort((one, other) => one - other),
    facts: landed.flatMap(({ commit }) => commit.entries.map(({ fact }) => fact)),
  }
}
