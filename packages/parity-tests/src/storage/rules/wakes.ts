import assert from 'node:assert/strict'
import type { Commit, Storage } from '@wf/core'
import { begin, DAY, draft, HOUR, landOne, read, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const wakeRules: readonly StorageRule[] = [
  {
    id: 'storage.wake.delay',
    states: "`wakeInMs` counts from the commit's own time on the storage's clock.",
    since: '0.1.0',
    async check({ storage }) {
      const { at } = await landOne(storage, draft(run('a'), 'new', { wakeInMs: HOUR }))
      assert.equal(await wakeAtOf(storage), at + HOUR)
    },
  },
  {
    id: 'storage.wake.date',
    states: '`wakeAt` is a date, and kept as it is.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const wakeAt = clock.now() + DAY
      await begin(storage, run('a'), { wakeAt })
      assert.equal(await wakeAtOf(storage), wakeAt)
    },
  },
  {
    id: 'storage.wake.cleared',
    states: '`wakeInMs: null` takes the wake-up back.',
    since: '0.1.0',
    async check({ storage }) {
      await beginThen(storage, { wakeInMs: null })
      assert.equal(await wakeAtOf(storage), null)
    },
  },
  {
    id: 'storage.wake.unchanged',
    states: 'A commit that says nothing about the wake-up leaves it as it is.',
    since: '0.1.0',
    async check({ storage }) {
      const before = await beginThen(storage, {})
      assert.equal(await wakeAtOf(storage), before)
    },
  },
  {
    id: 'storage.wake.none',
    states: 'A journal whose commits say nothing about a wake-up has none.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'))
      assert.equal(await wakeAtOf(storage), null)
    },
  },
]

/** A journal with a wake-up and a second commit; the answer is the wake-up before that one. */
async function beginThen(storage: Storage, more: Partial<Commit>): Promise<number | null> {
  const base = await begin(storage, run('a'), { wakeInMs: HOUR })
  const before = await wakeAtOf(storage)
  await landOne(storage, draft(run('a'), base, more))
  return before
}

async function wakeAtOf(storage: Storage): Promise<number | null> {
  return (await read(storage, run('a'))).header.wakeAt
}
