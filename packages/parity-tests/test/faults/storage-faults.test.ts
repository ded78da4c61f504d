import { isWorkflowError, type Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import {
  busy,
  createRandom,
  createVirtualClock,
  cutOff,
  type FaultOptions,
  type Faulty,
  failAfter,
  failBefore,
  landedButTimedOut,
  partialBatch,
  slow,
  storageSuite,
} from '../../src/index.js'
import { begin, draft, factsOf, run } from '../../src/storage/given.js'

const always = (): FaultOptions => ({ random: createRandom(1), rate: 1 })

describe('chance', () => {
  it('is the same for the same seed, between 0 and 1, and another for another seed', () => {
    const of = (seed: number) => Array.from({ length: 1_000 }, createRandom(seed))
    expect(of(7)).toEqual(of(7))
    expect(of(7)).not.toEqual(of(8))
    expect(of(7).every((lot) => lot >= 0 && lot < 1)).toBe(true)
    expect(of(7).reduce((sum, lot) => sum + lot) / 1_000).toBeCloseTo(0.5, 1)
  })

  it('brings about as many faults as the rate says, and the same ones again', async () => {
    const struck = async () => {
      const storage = failBefore(createMemoryStorage(), { random: createRandom(3), rate: 0.2 })
      const calls = Array.from({ length: 1_000 }, () =>
        storage.load([]).then(
          () => 'ok',
          () => 'failed',
        ),
      )
      return { outcomes: await Promise.all(calls), faults: storage.faults }
    }
    const { outcomes, faults } = await struck()
    expect((await struck()).outcomes).toEqual(outcomes)
    expect(outcomes.filter((outcome) => outcome === 'failed').length).toBe(faults.injected)
    expect(faults).toMatchObject({ kind: 'failBefore', at: { load: faults.injected } })
    expect(faults.injected).toBeGreaterThan(150)
    expect(faults.injected).toBeLessThan(250)
  })

  it('lets a call through after the most in a row, and refuses a rate that is none', async () => {
    const storage = failBefore(createMemoryStorage(), { ...always(), mostInARow: 1 })
    const outcomes: string[] = []
    for (let call = 0; call < 4; call += 1) {
      outcomes.push(
        await storage.load([]).then(
          () => 'ok',
          () => 'failed',
        ),
      )
    }
    expect(outcomes).toEqual(['failed', 'ok', 'failed', 'ok'])
    expect(() => failBefore(createMemoryStorage(), { random: createRandom(1), rate: 2 })).toThrow(RangeError)
  })
})

describe('failures', () => {
  it.for([failBefore, busy])('before a call leave nothing behind, until it is healed (%o)', async (wrap) => {
    const storage = wrap(createMemoryStorage(), { ...always(), methods: ['commit'] })
    await expect(begin(storage, run('a'))).rejects.toThrow('commit')
    expect(await storage.load([{ journal: run('a') }])).toEqual([undefined])
    storage.heal()
    await begin(storage, run('a'))
    expect(storage.faults).toMatchObject({ injected: 1, at: { commit: 1 } })
  })

  it('of a busy storage are typed, with the cause', async () => {
    const error = await busy(createMemoryStorage(), always())
      .load([])
      .catch((thrown: unknown) => thrown)
    expect(isWorkflowError(error, 'WF_STORAGE_UNAVAILABLE')).toBe(true)
    expect(error).toMatchObject({ cause: { code: 'SQLITE_BUSY' } })
  })

  it('after a call leave what it did, which a repetition finds', async () => {
    const storage = failAfter(createMemoryStorage(), { ...always(), mostInARow: 1 })
    const commit = draft(run('a'), 'new')
    await expect(storage.commit([commit])).rejects.toThrow('in time')
    expect(await storage.commit([commit])).toMatchObject([{ status: 'committed', head: { version: 1 } }])
    expect(storage.faults).toMatchObject({ injected: 1, at: { commit: 1 } })
    storage.heal()
    expect((await factsOf(storage, run('a'))).length).toBe(1)
  })

  it('of a batch leave some of its commits and not others; one alone is left in peace', async () => {
    const sizes = new Set<number>()
    for (let seed = 0; seed < 50; seed += 1) {
      const storage = partialBatch(createMemoryStorage(), { random: createRandom(seed), rate: 1 })
      const commits = ['a', 'b', 'c'].map((id) => draft(run(id), 'new'))
      await expect(storage.commit(commits)).rejects.toThrow('broke off')
      const there = await storage.load(commits.map(({ journal }) => ({ journal })))
      sizes.add(there.filter((slice) => slice !== undefined).length)
      await begin(storage, run('alone'))
      expect(storage.faults.injected).toBe(1)
    }
    expect([...sizes].sort()).toEqual([1, 2])
  })
})

it('a slow storage answers after its delay on the clock, and at once when it is healed', async () => {
  const clock = createVirtualClock()
  const storage = slow(createMemoryStorage({ clock }), { ...always(), clock, mostMs: 1_000 })
  let answered = 0
  const calls = Array.from({ length: 10 }, () => storage.load([]).then(() => (answered += 1)))
  await clock.advance(0)
  expect(answered).toBe(0)
  await clock.advance(500)
  expect(answered > 0 && answered < 10).toBe(true)
  await clock.advance(500)
  expect([answered, storage.faults.at]).toEqual([10, { load: 10 }])
  await Promise.all(calls)
  storage.heal()
  await storage.load([])
})

it('what is asked of a storage that is cut off waits until it is restored', async () => {
  const storage = cutOff(createMemoryStorage())
  const restore = storage.cut()
  let answered = false
  const asked = storage.load([]).then(() => {
    answered = true
  })
  await new Promise(setImmediate)
  expect([answered, storage.faults.injected]).toEqual([false, 1])
  restore()
  await asked
  storage.cut()
  const waiting = storage.load([])
  storage.heal()
  await waiting
  storage.cut()
  await storage.load([])
})

const wrappers: Readonly<Record<string, (storage: Storage, options: FaultOptions) => Storage & Partial<Faulty>>> = {
  failBefore,
  failAfter,
  busy,
  partialBatch,
  slow: (storage, options) => slow(storage, { ...options, clock: createVirtualClock(), mostMs: 10 }),
  cutOff,
  landedButTimedOut: (storage) => landedButTimedOut(storage, -1),
}

for (const [name, wrap] of Object.entries(wrappers)) {
  storageSuite({
    name: `memory behind ${name} that never strikes`,
    capabilities: { survives: 'nothing', maxCommitBytes: undefined },
    create: ({ clock }) => wrap(createMemoryStorage({ clock }), { random: createRandom(1), rate: 0 }),
  }).register({ describe, it })
}
