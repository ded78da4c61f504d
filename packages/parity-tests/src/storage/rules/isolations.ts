import assert from 'node:assert/strict'
import type { Entry, Storage, StoredValue } from '@wf/core'
import { begin, beginWith, factsOf, find, HEADER, item, read, run } from '../given.js'
import { playRandomCalls } from '../random-calls.js'
import type { StorageRule } from '../storage-rule.js'

/** Few enough for a server that takes milliseconds; `playRandomCalls` makes as many as one likes. */
const CALLS = 300

export const isolationRules: readonly StorageRule[] = [
  {
    id: 'storage.isolation.creations',
    states: 'Two storages that were created for different data share nothing.',
    since: '0.1.0',
    async check({ storage, create }) {
      const other = await create()
      await begin(storage, run('a'))
      await storage.renew({ session: 's', ttlMs: 60_000, ask: [] })
      assert.equal(await find(other, { journal: run('a') }), undefined, 'a journal shows in both')
      const { expired } = await other.renew({ session: 't', ttlMs: 60_000, ask: ['s'] })
      assert.deepEqual(expired, ['s'], 'a session lives in both')
    },
  },
  {
    id: 'storage.isolation.namespaces',
    states: 'Journals of equal ids in different namespaces never meet.',
    since: '0.1.0',
    async check({ storage }) {
      for (const namespace of ['tenant', 'Tenant', '']) {
        await begin(storage, run('a', namespace), { entries: [{ type: 'event', fact: `of "${namespace}"` }] })
      }
      for (const namespace of ['tenant', 'Tenant', '']) {
        assert.deepEqual(await factsOf(storage, run('a', namespace)), [`of "${namespace}"`])
      }
    },
  },
  {
    id: 'storage.isolation.random-calls',
    states: 'Whatever is asked in one namespace, with texts of any kind, shows and changes nothing of another one.',
    since: '0.1.0',
    check: ({ storage }) => playRandomCalls(storage, { calls: CALLS, seed: 1 }),
  },
  {
    id: 'storage.isolation.kinds',
    states: 'Journals of equal ids and different kinds never meet.',
    since: '0.1.0',
    async check({ storage }) {
      const journals = (['run', 'mailbox', 'schedule', 'gate'] as const).map((kind) => ({ ...run('a'), kind }))
      for (const journal of journals)
        await begin(storage, journal, { entries: [{ type: 'event', fact: journal.kind }] })
      for (const journal of journals) assert.deepEqual(await factsOf(storage, journal), [journal.kind])
    },
  },
  {
    id: 'storage.isolation.given-bytes',
    states: 'Bytes that the caller changes after the commit stay in the journal as they were.',
    since: '0.1.0',
    async check({ storage }) {
      const bytes = Uint8Array.of(1, 2, 3)
      await begin(storage, run('a'), { entries: [{ type: 'event', fact: 'f', value: bytes }] })
      bytes.fill(9)
      assert.deepEqual(await bytesOf(storage), [1, 2, 3])
    },
  },
  {
    id: 'storage.isolation.given-lists',
    states: 'Lists and entries that the caller changes after the commit stay in the journal as they were.',
    since: '0.1.0',
    async check({ storage }) {
      const entry = { type: 'event' as const, fact: 'given' }
      const entries: Entry[] = [entry]
      const tags = ['red']
      await begin(storage, run('a'), { entries, header: { ...HEADER, tags } })
      entry.fact = 'changed'
      entries.push({ type: 'event', fact: 'added' })
      tags.push('large')
      const { header, commits } = await read(storage, run('a'))
      assert.deepEqual([header.tags, item(commits, 0).entries], [['red'], [{ type: 'event', fact: 'given' }]])
    },
  },
  {
    id: 'storage.isolation.handed-bytes',
    states: 'Bytes that one reader changes are read by the next one as they were.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'), { entries: [{ type: 'event', fact: 'f', value: Uint8Array.of(1, 2, 3) }] })
      const pick = [{ version: 1, index: 0 }]
      const { commits, picked } = await read(storage, run('a'), { withValues: true, pick })
      for (const value of [item(commits, 0).entries[0]?.value, item(picked, 0).value]) {
        if (value instanceof Uint8Array) value.fill(9)
      }
      assert.deepEqual(await bytesOf(storage), [1, 2, 3])
    },
  },
  {
    id: 'storage.isolation.handed-objects',
    states: 'What a reader does to the objects that it was handed changes nothing for the next one.',
    since: '0.1.0',
    async check({ storage }) {
      const entries: Entry[] = [{ type: 'event', fact: 'f', value: 'v' }]
      await begin(storage, run('a'), { entries, header: { ...HEADER, tags: ['red'] } })
      const before = structuredClone(await read(storage, run('a'), { withValues: true }))
      spoil(await read(storage, run('a'), { withValues: true }))
      spoil(await read(storage, run('a')))
      assert.deepEqual(await read(storage, run('a'), { withValues: true }), before)
    },
  },
  {
    id: 'storage.isolation.checkpoints',
    states:
      'The bytes of a checkpoint stay as they were when they were saved, whatever writers and readers do to theirs.',
    since: '0.1.0',
    async check({ storage }) {
      const head = item(await beginWith(storage, run('a'), 1), 0)
      const state = Uint8Array.of(1, 2, 3)
      await storage.checkpoint({ journal: run('a'), head, state })
      state.fill(9)
      const { checkpoint } = await read(storage, run('a'), { fromCheckpoint: true })
      assert.deepEqual(plain(checkpoint?.state), [1, 2, 3], 'after the writer changed them')
      if (checkpoint?.state instanceof Uint8Array) checkpoint.state.fill(9)
      const again = await read(storage, run('a'), { fromCheckpoint: true })
      assert.deepEqual(plain(again.checkpoint?.state), [1, 2, 3], 'after a reader changed them')
    },
  },
]

async function bytesOf(storage: Storage): Promise<unknown> {
  const { commits, picked } = await read(storage, run('a'), { withValues: true, pick: [{ version: 1, index: 0 }] })
  const whole = plain(item(commits, 0).entries[0]?.value)
  assert.deepEqual(plain(item(picked, 0).value), whole, 'the value and the picked value differ')
  return whole
}

function plain(value: StoredValue | undefined): unknown {
  return value instanceof Uint8Array ? [...value] : value
}

/** Overwrites every field and lengthens every list, as far as they let it. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const name of Object.keys(value)) {
    spoil((value as Record<string, unknown>)[name])
    try {
      ;(value as Record<string, unknown>)[name] = 'spoiled'
    } catch {
      // A frozen object keeps the promise as well as a copy.
    }
  }
  try {
    if (Array.isArray(value)) value.push('spoiled')
  } catch {
    // The same for a frozen list.
  }
}
