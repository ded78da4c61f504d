import assert from 'node:assert/strict'
import type { Entry, Storage, StoredValue } from '@wf/core'
import { begin, draft, item, landOne, read, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const valueRules: readonly StorageRule[] = [
  {
    id: 'storage.entries.as-given',
    states: 'Entries come back as they were given: their types, their facts, their order.',
    since: '0.1.0',
    async check({ storage }) {
      const entries: Entry[] = [
        { type: 'chunk', fact: 'a' },
        { type: 'event', fact: 'b' },
        { type: 'chunk', fact: '' },
        { type: 'event', fact: 'a' },
      ]
      await begin(storage, run('a'), { entries })
      assert.deepEqual(item((await read(storage, run('a'))).commits, 0).entries, entries)
    },
  },
  {
    id: 'storage.values.text',
    states: 'A text comes back as it was given.',
    since: '0.1.0',
    async check({ storage }) {
      await comesBack(storage, ['plain', '  padded \r\n\t', 'ünïcödé €', '😀 🏳️‍🌈', ' '])
    },
  },
  {
    id: 'storage.values.bytes',
    states: 'Bytes come back as they were given, whatever they are.',
    since: '0.1.0',
    async check({ storage }) {
      const all = Uint8Array.from({ length: 256 }, (_, index) => index)
      // A window on a larger buffer, as pools hand them out.
      await comesBack(storage, [all, all.subarray(200, 210), Uint8Array.of(255, 254)])
    },
  },
  {
    id: 'storage.values.empty',
    states: 'An empty text, no bytes, and no value at all are three things.',
    since: '0.1.0',
    async check({ storage }) {
      await comesBack(storage, ['', new Uint8Array(0), undefined])
    },
  },
  {
    id: 'storage.values.kind-kept',
    states: 'Text stays text and bytes stay bytes, whatever they look like.',
    since: '0.1.0',
    async check({ storage }) {
      const json = '{"a":1}'
      await comesBack(storage, [json, Buffer.from(json), 'AQID', '\\x010203', Buffer.from('plain text')])
    },
  },
  {
    id: 'storage.values.left-out',
    states: 'Without `withValues` entries come without their values.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'), { entries: [{ type: 'event', fact: 'f', value: 'v' }] })
      for (const more of [{}, { withValues: false }]) {
        const { commits } = await read(storage, run('a'), more)
        assert.deepEqual(item(commits, 0).entries, [{ type: 'event', fact: 'f' }])
      }
    },
  },
  {
    id: 'storage.values.picked',
    states:
      'Values are fetched one by one by version and index, also of commits that are not read, each with its fact.',
    since: '0.1.0',
    async check({ storage }) {
      const first = await begin(storage, run('a'), { entries: valued('one', 'two') })
      await landOne(storage, draft(run('a'), first, { entries: valued('three', Uint8Array.of(4)) }))
      const places = [
        { version: 1, index: 1 },
        { version: 2, index: 1 },
        { version: 2, index: 0 },
      ]
      const { commits, picked } = await read(storage, run('a'), { after: 2, pick: places })
      assert.deepEqual(commits, [])
      const { commits: all } = await read(storage, run('a'), {})
      const facts = picked.map(({ version, index }) => all[version - 1]?.entries[index]?.fact)
      assert.deepEqual(
        picked.map(({ fact }) => fact),
        facts,
      )
      const found = picked.map(({ version, index, value }) => [version, index, plain(value)])
      assert.deepEqual(
        found.sort(),
        [
          [1, 1, 'two'],
          [2, 0, 'three'],
          [2, 1, [4]],
        ].sort(),
      )
    },
  },
  {
    id: 'storage.values.picked-absent',
    states: 'Values that are not there are not in the answer.',
    since: '0.1.0',
    async check({ storage }) {
      await begin(storage, run('a'), { entries: [{ type: 'event', fact: 'without' }, ...valued('one')] })
      const pick = [
        { version: 1, index: 0 },
        { version: 1, index: 1 },
        { version: 1, index: 7 },
        { version: 9, index: 0 },
        { version: 0, index: 0 },
      ]
      const { picked } = await read(storage, run('a'), { pick })
      assert.deepEqual(
        picked.map(({ version, index, value }) => [version, index, value]),
        [[1, 1, 'one']],
      )
    },
  },
]

/** Whole and one by one. */
async function comesBack(storage: Storage, values: readonly (StoredValue | undefined)[]): Promise<void> {
  await begin(storage, run('a'), { entries: valued(...values) })
  const pick = values.map((_, index) => ({ version: 1, index }))
  const { commits, picked } = await read(storage, run('a'), { withValues: true, pick })
  const { entries } = item(commits, 0)
  assert.deepEqual(
    entries.map((entry) => ('value' in entry ? plain(entry.value) : 'no value')),
    values.map((value) => (value === undefined ? 'no value' : plain(value))),
    'the values that come with their commit are others',
  )
  const present = values.filter((value) => value !== undefined)
  assert.deepEqual(
    picked.map(({ value }) => plain(value)),
    present.map(plain),
    'the values that were picked are others',
  )
}

function valued(...values: readonly (StoredValue | undefined)[]): Entry[] {
  return values.map((value, index) =>
    value === undefined ? { type: 'event', fact: `${index}` } : { type: 'event', fact: `${index}`, value },
  )
}

/** A Buffer is bytes as good as any: adapters may hand out either. */
function plain(value: StoredValue | undefined): unknown {
  if (value instanceof Uint8Array) return [...value]
  return value === undefined ? 'undefined' : value
}
