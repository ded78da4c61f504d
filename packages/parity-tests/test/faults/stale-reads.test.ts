import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { createRandom, staleReads, storageSuite } from '../../src/index.js'
import { begin, draft, find, landOne, run } from '../../src/storage/given.js'

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)

/** Three commits and a checkpoint at the second. */
async function written(seed: number) {
  const storage = staleReads(createMemoryStorage(), { random: createRandom(seed), rate: 1 })
  const journal = run('a')
  const first = await begin(storage, journal, { header: { ...draft(journal, 'new').header, status: 'one' } })
  const second = await landOne(storage, draft(journal, first, { header: { status: 'two' } }))
  await storage.checkpoint({ journal, head: second.head, state: 'two' })
  await landOne(storage, draft(journal, second.head, { header: { status: 'three' } }))
  return { storage, journal }
}

it('answers with one earlier moment, never with a mix of two', async () => {
  const seen = new Set<string>()
  for (const seed of SEEDS) {
    const { storage, journal } = await written(seed)
    const slice = await find(storage, { journal })
    const versions = slice?.commits.map(({ version }) => version) ?? []
    const last = versions.at(-1) ?? 0
    expect(slice?.header.head.version ?? 0).toBe(last)
    expect(slice?.header.status).toBe([undefined, 'one', 'two'][last])
    expect([versions, slice?.more ?? false]).toEqual([[1, 2].slice(0, last), false])
    seen.add(String(last))
    expect(storage.faults.injected).toBe(1)
  }
  expect([...seen].sort()).toEqual(['0', '1', '2'])
})

it('shows a checkpoint only from the moment on at which it was there', async () => {
  const seen = new Set<string>()
  for (const seed of SEEDS) {
    const { storage, journal } = await written(seed)
    const slice = await find(storage, { journal, fromCheckpoint: true })
    if (slice?.checkpoint) expect([slice.header.head.version, slice.commits]).toEqual([2, []])
    else expect(slice?.commits.length ?? 0).toBe(slice?.header.head.version ?? 0)
    seen.add(slice?.checkpoint ? 'with' : 'without')
  }
  expect([...seen].sort()).toEqual(['with', 'without'])
})

it('is never older than what the caller knows of, and tells the truth once it is healed', async () => {
  for (const seed of SEEDS) {
    const { storage, journal } = await written(seed)
    expect((await find(storage, { journal, atLeast: 2 }))?.header.head.version).toBe(2)
    expect((await find(storage, { journal, atLeast: 3 }))?.header.head.version).toBe(3)
    storage.heal()
    expect((await find(storage, { journal }))?.header.head.version).toBe(3)
  }
})

it('cuts pages and picked values at the same moment', async () => {
  const { storage, journal } = await written(1)
  const pick = [1, 2, 3].map((version) => ({ version, index: 0 }))
  const page = await find(storage, { journal, limit: 1, atLeast: 2, pick })
  expect([page?.commits.length, page?.more, page?.picked]).toEqual([1, true, []])
})

it('tells nothing of what was deleted and begun anew', async () => {
  const { storage, journal } = await written(1)
  await landOne(storage, draft(journal, { any: { version: 0, commitId: '' } }, { seal: true }))
  expect(await storage.delete({ journal })).toBe(1)
  expect(await find(storage, { journal })).toBeUndefined()
})

storageSuite({
  name: 'memory behind staleReads that never strikes',
  capabilities: { survives: 'nothing', maxCommitBytes: undefined },
  create: ({ clock }) => staleReads(createMemoryStorage({ clock }), { random: createRandom(1), rate: 0 }),
}).register({ describe, it })
