import assert from 'node:assert/strict'
import { STORAGE_CONTRACT, type StoredValue } from '@wf/core'
import { begin, commitOne, draft, factsOf, find, item, read, refused, run } from '../given.js'
import type { StorageContext } from '../storage-context.js'
import type { StorageRule } from '../storage-rule.js'

const EIGHT_MEGABYTES = 8 * 1024 * 1024

export const capabilityRules: readonly StorageRule[] = [
  {
    id: 'storage.capabilities.as-tested',
    states: 'The storage reports exactly the capabilities that it is tested with.',
    since: '0.1.0',
    async check({ storage, capabilities }) {
      assert.deepEqual({ ...storage.capabilities }, { ...capabilities }, 'it reports others')
    },
  },
  {
    id: 'storage.capabilities.contract',
    states: 'The storage names the contract that this suite checks.',
    since: '0.1.0',
    async check({ storage }) {
      assert.equal(storage.contract, STORAGE_CONTRACT, 'it names another contract')
    },
  },
  {
    id: 'storage.capabilities.survives',
    states: 'What was committed is there after a restart exactly when the storage says that commits survive one.',
    since: '0.1.0',
    async check(context) {
      const { storage, capabilities } = context
      await begin(storage, run('a'), { entries: [{ type: 'event', fact: 'kept', value: 'value' }] })
      if (capabilities.survives === 'nothing') return isForgotten(context)
      await storage.close()
      const restarted = await context.peer()
      assert.notEqual(restarted, storage, 'a storage that survives its process is tested with `reopen`')
      assert.deepEqual(await factsOf(restarted, run('a')), ['kept'], 'the restarted storage tells something else')
      const { picked } = await read(restarted, run('a'), { pick: [{ version: 1, index: 0 }] })
      assert.deepEqual(
        picked,
        [{ version: 1, index: 0, fact: 'kept', value: 'value' }],
        'the value is another one after the restart',
      )
    },
  },
  {
    id: 'storage.capabilities.max-commit-bytes',
    states:
      'A commit of 8 MB is stored and comes back when no limit is declared; with one, a larger commit is refused with WF_LIMIT and nothing is written.',
    since: '0.1.0',
    async check(context) {
      const { maxCommitBytes } = context.capabilities
      if (maxCommitBytes === undefined) await keepsLargeValues(context)
      else await keepsToItsLimit(context, maxCommitBytes)
    },
  },
]

async function isForgotten({ storage, create }: StorageContext): Promise<void> {
  await storage.close()
  const next = await create()
  assert.equal(await find(next, { journal: run('a') }), undefined, 'a new storage knows what an earlier one was told')
}

async function keepsLargeValues({ storage }: StorageContext): Promise<void> {
  const text = 'x€'.repeat(EIGHT_MEGABYTES / 4)
  const bytes = new Uint8Array(EIGHT_MEGABYTES).fill(7)
  bytes[EIGHT_MEGABYTES - 1] = 9
  await begin(storage, run('a'), {
    entries: [
      { type: 'event', fact: 'text', value: text },
      { type: 'event', fact: 'bytes', value: bytes },
    ],
  })
  const { commits } = await read(storage, run('a'), { withValues: true })
  const [asText, asBytes] = item(commits, 0).entries
  assert.ok(asText?.value === text, 'the text came back changed')
  assert.ok(sameBytes(asBytes?.value, bytes), 'the bytes came back changed')
}

async function keepsToItsLimit({ storage }: StorageContext, limit: number): Promise<void> {
  const fits = draft(run('fits'), 'new', { entries: [{ type: 'event', fact: 'f', value: 'x'.repeat(limit - 1) }] })
  const tooLarge = draft(run('large'), 'new', { entries: [{ type: 'event', fact: 'f', value: 'x'.repeat(limit) }] })
  // Three bytes of UTF-8 each: what counts are bytes, not characters.
  const wide = draft(run('wide'), 'new', { entries: [{ type: 'event', fact: '€'.repeat(Math.ceil(limit / 3) + 1) }] })
  await refused(() => storage.commit([draft(run('beside'), 'new'), tooLarge]), 'WF_LIMIT', 'one byte more than allowed')
  await refused(() => storage.commit([wide]), 'WF_LIMIT', 'few characters of many bytes')
  const found = await storage.load([run('large'), run('beside'), run('wide')].map((journal) => ({ journal })))
  assert.deepEqual(found, [undefined, undefined, undefined], 'part of a refused call was written')
  assert.equal((await commitOne(storage, fits)).status, 'committed', 'exactly as much as allowed')
}

function sameBytes(value: StoredValue | undefined, bytes: Uint8Array): boolean {
  return value instanceof Uint8Array && Buffer.compare(value, bytes) === 0
}
