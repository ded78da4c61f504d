import assert from 'node:assert/strict'
import { beginWith, find, item, read, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const checkpointRules: readonly StorageRule[] = [
  {
    id: 'storage.checkpoint.shortens',
    states: 'A read that asks for it starts from the checkpoint: its state, and the commits after it.',
    since: '0.1.0',
    async check({ storage }) {
      const head = item(await beginWith(storage, run('a'), 3), 1)
      await storage.checkpoint({ journal: run('a'), head, state: 'state' })
      const { checkpoint, commits } = await read(storage, run('a'), { fromCheckpoint: true })
      assert.deepEqual(checkpoint, { head, state: 'state' })
      assert.deepEqual(
        commits.map(({ version }) => version),
        [3],
      )
    },
  },
  {
    id: 'storage.checkpoint.only-asked',
    states: 'A read that does not ask for the checkpoint gets all commits, and no checkpoint.',
    since: '0.1.0',
    async check({ storage }) {
      const head = item(await beginWith(storage, run('a'), 3), 1)
      await storage.checkpoint({ journal: run('a'), head, state: 'state' })
      const { checkpoint, commits } = await read(storage, run('a'))
      assert.deepEqual([checkpoint, commits.length], [undefined, 3])
    },
  },
  {
    id: 'storage.checkpoint.only-newer',
    states: 'A reader that is as far as the checkpoint does not get it.',
    since: '0.1.0',
    async check({ storage }) {
      const head = item(await beginWith(storage, run('a'), 3), 1)
      await storage.checkpoint({ journal: run('a'), head, state: 'state' })
      const { checkpoint, commits } = await read(storage, run('a'), { fromCheckpoint: true, after: 2 })
      assert.deepEqual([checkpoint, commits.length], [undefined, 1])
    },
  },
  {
    id: 'storage.checkpoint.newer-replaces',
    states: 'A checkpoint replaces an older one.',
    since: '0.1.0',
    async check({ storage }) {
      const heads = await beginWith(storage, run('a'), 3)
      for (const head of [item(heads, 0), item(heads, 2)]) {
        await storage.checkpoint({ journal: run('a'), head, state: `state ${head.version}` })
      }
      const { checkpoint } = await read(storage, run('a'), { fromCheckpoint: true })
      assert.deepEqual(checkpoint, { head: item(heads, 2), state: 'state 3' })
    },
  },
  {
    id: 'storage.checkpoint.older-ignored',
    states: 'A checkpoint that is older than what is stored has no effect.',
    since: '0.1.0',
    async check({ storage }) {
      const heads = await beginWith(storage, run('a'), 3)
      for (const head of [item(heads, 2), item(heads, 0)]) {
        await storage.checkpoint({ journal: run('a'), head, state: `state ${head.version}` })
      }
      const { checkpoint } = await read(storage, run('a'), { fromCheckpoint: true })
      assert.deepEqual(checkpoint, { head: item(heads, 2), state: 'state 3' })
    },
  },
  {
    id: 'storage.checkpoint.foreign-ignored',
    states: 'A checkpoint of a head that is not in the history has no effect.',
    since: '0.1.0',
    async check({ storage }) {
      await beginWith(storage, run('a'), 2)
      for (const version of [1, 2, 3]) {
        await storage.checkpoint({ journal: run('a'), head: { version, commitId: 'foreign' }, state: 'foreign' })
      }
      const { checkpoint, commits } = await read(storage, run('a'), { fromCheckpoint: true })
      assert.deepEqual([checkpoint, commits.length], [undefined, 2])
    },
  },
  {
    id: 'storage.checkpoint.no-journal',
    states: 'A checkpoint of a journal that does not exist has no effect, then or later.',
    since: '0.1.0',
    async check({ storage }) {
      await storage.checkpoint({ journal: run('a'), head: { version: 1, commitId: 'x' }, state: 'early' })
      assert.equal(await find(storage, { journal: run('a') }), undefined, 'it made a journal')
      await beginWith(storage, run('a'), 1)
      assert.equal((await read(storage, run('a'), { fromCheckpoint: true })).checkpoint, undefined)
    },
  },
  {
    id: 'storage.checkpoint.bytes',
    states: 'A state of bytes comes back as those bytes.',
    since: '0.1.0',
    async check({ storage }) {
      const head = item(await beginWith(storage, run('a'), 1), 0)
      const state = Uint8Array.from({ length: 256 }, (_, index) => index)
      await storage.checkpoint({ journal: run('a'), head, state })
      const { checkpoint } = await read(storage, run('a'), { fromCheckpoint: true })
      assert.ok(checkpoint?.state instanceof Uint8Array, 'it is not bytes')
      assert.deepEqual([...checkpoint.state], [...state])
    },
  },
  {
    id: 'storage.checkpoint.only-a-cache',
    states: 'A checkpoint changes nothing in the journal or its header.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const head = item(await beginWith(storage, run('a'), 2), 1)
      const before = await read(storage, run('a'))
      await clock.advance(1_000)
      await storage.checkpoint({ journal: run('a'), head, state: 'cached' })
      assert.deepEqual(await read(storage, run('a')), before)
    },
  },
]
