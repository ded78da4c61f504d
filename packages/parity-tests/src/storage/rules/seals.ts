import assert from 'node:assert/strict'
import { begin, commitOne, draft, factsOf, landOne, read, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const sealRules: readonly StorageRule[] = [
  {
    id: 'storage.seal.refuses-any',
    states: 'After the end a commit based on nothing is `sealed`, with what it missed, and is not written.',
    since: '0.1.0',
    async check({ storage }) {
      const first = await begin(storage, run('a'))
      const { head } = await landOne(storage, draft(run('a'), first, { seal: true }))
      const before = await factsOf(storage, run('a'))
      for (const [given, versions] of [[first, [2]] as const, [head, []] as const]) {
        const answer = await commitOne(storage, draft(run('a'), { any: given }))
        assert.equal(answer.status, 'sealed')
        if (answer.status !== 'sealed') return
        assert.deepEqual([answer.head, answer.missed.map(({ version }) => version)], [head, versions])
      }
      assert.deepEqual(await factsOf(storage, run('a')), before, 'it was written')
    },
  },
  {
    id: 'storage.seal.head-lands',
    states: 'After the end a commit based on the exact head still lands.',
    since: '0.1.0',
    async check({ storage }) {
      const end = await begin(storage, run('a'), { seal: true })
      const { head } = await landOne(storage, draft(run('a'), end))
      assert.equal(head.version, 2)
    },
  },
  {
    id: 'storage.seal.stale-stays-stale',
    states: 'After the end a commit based on an older head is `stale`, as before the end.',
    since: '0.1.0',
    async check({ storage }) {
      const first = await begin(storage, run('a'))
      const { head } = await landOne(storage, draft(run('a'), first, { seal: true }))
      const answer = await commitOne(storage, draft(run('a'), first))
      assert.equal(answer.status, 'stale')
      if (answer.status !== 'stale') return
      assert.deepEqual([answer.head, answer.missed.map(({ version }) => version)], [head, [2]])
    },
  },
  {
    id: 'storage.seal.lasts',
    states: 'A journal stays ended when a commit says nothing about its seal.',
    since: '0.1.0',
    async check({ storage }) {
      const end = await begin(storage, run('a'), { seal: true })
      await landOne(storage, draft(run('a'), end, { header: { status: 'settled' } }))
      assert.equal((await commitOne(storage, draft(run('a'), { any: end }))).status, 'sealed')
    },
  },
  {
    id: 'storage.seal.opens-again',
    states: 'A commit with `seal: false` opens the journal again.',
    since: '0.1.0',
    async check({ storage }) {
      const end = await begin(storage, run('a'), { seal: true })
      const { head } = await landOne(storage, draft(run('a'), end, { seal: false }))
      await landOne(storage, draft(run('a'), { any: head }))
    },
  },
  {
    id: 'storage.seal.shows',
    states: 'The header says whether the journal has ended.',
    since: '0.1.0',
    async check({ storage }) {
      const open = await begin(storage, run('a'))
      assert.equal((await read(storage, run('a'))).header.sealed, false, 'before the end')
      await landOne(storage, draft(run('a'), open, { seal: true }))
      assert.equal((await read(storage, run('a'))).header.sealed, true, 'after the end')
    },
  },
]
