import type { Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { createRandom, createVirtualClock, failAfter, failBefore, partialBatch, staleReads } from '../../src/index.js'
import { adding, counter, ending, settled, total } from './tally.js'

const journal = { namespace: 'default', kind: 'gate', id: 'it' } as const

/** A storage that counts what it is asked. */
function counted(storage: Storage) {
  const calls = { commits: 0, loads: 0 }
  const asked: Storage = {
    ...storage,
    commit(commits) {
      calls.commits += commits.length
      return storage.commit(commits)
    },
    load(reads) {
      calls.loads += 1
      return storage.load(reads)
    },
  }
  return { storage: asked, calls }
}

it.each([1, 2, 3])('writes what everybody asks once, over a storage that fails in all ways (seed %i)', async (seed) => {
  const clock = createVirtualClock()
  const random = createRandom(seed)
  const sound = createMemoryStorage({ clock })
  const options = { random, rate: 0.2, mostInARow: 5 }
  const lagging = staleReads(sound, { random, rate: 0.3 })
  const faulty = [failBefore, failAfter, partialBatch].map((fault) => fault(lagging, options))
  const storages = [...faulty, lagging]
  const counters = storages.map((storage) => counter({ storage, clock, checkpointBytes: 2_000 }))
  const asked = Array.from({ length: 1_200 }, async (_, index) => {
    await new Promise<void>((resolve) => clock.after(random() * 300, resolve))
    // Some ask for the same, as whoever repeats a call does.
    const name = String(index % 1_000)
    const { keeper } = counters[index % 4] ?? counter()
    return (await Promise.all(['it', 'that'].map((id) => keeper.ask(id, adding(name)))))[0]
  })
  const answers = await settled(clock, Promise.all(asked))
  expect(new Set(answers).size).toBeGreaterThan(100)
  for (const { faults } of storages) expect(faults.injected).toBeGreaterThan(0)
  for (const storage of storages) storage.heal()
  for (const id of ['it', 'that']) {
    for (const { keeper } of counters) expect(await settled(clock, keeper.ask(id, total()))).toBe(1_000)
    expect(await counter({ storage: sound, clock }).keeper.ask(id, total())).toBe(1_000)
  }
  await Promise.all(counters.map(({ engine }) => engine.close()))
})

it('answers from the state as it is, also when others have written since', async () => {
  const storage = createMemoryStorage()
  const [one, other] = [counter({ storage }), counter({ storage })]
  expect(await one.keeper.ask('it', adding('a'))).toBe(1)
  expect(await other.keeper.ask('it', total())).toBe(1)
  expect(await one.keeper.ask('it', adding('b'))).toBe(2)
  expect(await other.keeper.ask('it', total())).toBe(2)
  expect(await other.keeper.ask('it', adding('b'))).toBe(2)
  expect(await other.keeper.ask('it', adding('c'))).toBe(3)
})

it('needs one commit for all who ask at one moment, and no read once it knows the journal', async () => {
  const { storage, calls } = counted(createMemoryStorage())
  const { keeper } = counter({ storage })
  await keeper.ask('it', adding('first'))
  const before = { ...calls }
  await Promise.all(Array.from({ length: 200 }, (_, index) => keeper.ask('it', adding(`n${index}`))))
  expect(calls).toEqual({ commits: before.commits + 1, loads: before.loads })
})

it('lets nobody pay for a value that is too large, nor for all of them together', async () => {
  const storage = createMemoryStorage({ maxCommitBytes: 1_000 })
  const { keeper } = counter({ storage })
  const asked = Array.from({ length: 100 }, (_, index) =>
    keeper.ask('it', adding(`n${index}`, 'x'.repeat(index === 50 ? 2_000 : 100))),
  )
  const answers = await Promise.allSettled(asked)
  const refused = answers.filter(({ status }) => status === 'rejected')
  expect(refused).toEqual([expect.objectContaining({ reason: expect.objectContaining({ code: 'WF_LIMIT' }) })])
  expect(answers[50]?.status).toBe('rejected')
  expect(await keeper.ask('it', total())).toBe(99)
})

it('lets nobody pay for a question that throws', async () => {
  const { keeper } = counter({ storage: createMemoryStorage() })
  const oops = (): never => {
    throw new TypeError('oops')
  }
  const asked = [
    keeper.ask('it', adding('a')),
    keeper.ask('it', { facts: oops, answer: () => 0 }),
    keeper.ask('it', { facts: () => [], answer: oops }),
    keeper.ask('it', adding('b')),
  ]
  const answers = await Promise.allSettled(asked)
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(await keeper.ask('it', total())).toBe(2)
})

it.each([3, 5, 8])('notices that a journal was deleted and made again, now with %i commits', async (commits) => {
  const storage = createMemoryStorage()
  const [warm, writer, other] = [counter({ storage }), counter({ storage }), counter({ storage })]
  for (const name of ['a', 'b', 'c', 'd']) await warm.keeper.ask('it', adding(name))
  await writer.keeper.ask('it', ending())
  expect(await storage.delete({ journal })).toBe(1)
  for (let count = 0; count < commits; count += 1) await other.keeper.ask('it', adding(`new ${count}`))
  warm.keeper.suspect('it', commits)
  expect(await warm.keeper.ask('it', total())).toBe(commits)
  expect(await writer.keeper.ask('it', adding('last'))).toBe(commits + 1)
  expect(await counter({ storage }).keeper.ask('it', total())).toBe(commits + 1)
})

it('begins anew where a journal was deleted', async () => {
  const storage = createMemoryStorage()
  const [one, other] = [counter({ storage }), counter({ storage })]
  await one.keeper.ask('it', adding('a'))
  await other.keeper.ask('it', ending())
  await storage.delete({ journal })
  expect(await one.keeper.ask('it', total())).toBe(0)
  expect(await other.keeper.ask('it', adding('a'))).toBe(1)
})

it('reads from the last checkpoint, and in parts what is longer than a read', async () => {
  const { storage, calls } = counted(createMemoryStorage())
  const { keeper } = counter({ storage, checkpointBytes: 1_000_000 })
  for (let count = 0; count < 2_100; count += 1) await keeper.ask('it', adding(`n${count}`))
  const before = calls.loads
  expect(await counter({ storage }).keeper.ask('it', total())).toBe(2_100)
  expect(calls.loads).toBe(before + 2)
  const saving = counter({ storage, checkpointBytes: 100 })
  for (let count = 0; count < 10; count += 1) await saving.keeper.ask('it', adding(`m${count}`))
  const loads = calls.loads
  expect(await counter({ storage }).keeper.ask('it', total())).toBe(2_110)
  expect(calls.loads).toBe(loads + 1)
})

it('keeps everything in memory without a storage, and forgets what is over', async () => {
  const { keeper } = counter()
  expect(await Promise.all([keeper.ask('it', adding('a')), keeper.ask('it', adding('b'))])).toEqual([2, 2])
  for (let count = 0; count < 3_000; count += 1) {
    await keeper.ask(`other ${count}`, adding('a'))
    await keeper.ask(`other ${count}`, ending())
  }
  expect(keeper.ids().length).toBeLessThanOrEqual(1_001)
  expect(await keeper.ask('it', total())).toBe(2)
})

it('keeps few journals in memory where they are stored', async () => {
  const { keeper } = counter({ storage: createMemoryStorage() })
  await Promise.all(Array.from({ length: 5_000 }, (_, index) => keeper.ask(`it ${index}`, adding('a'))))
  await Promise.all(Array.from({ length: 2_000 }, (_, index) => keeper.ask(`more ${index}`, adding('a'))))
  for (let count = 0; count < 12_000; count += 1) keeper.suspect(`heard of ${count}`)
  expect(keeper.ids().length).toBeLessThanOrEqual(14_000)
  expect(await keeper.ask('it 0', total())).toBe(1)
})

it('does not write again what it does not know to be written, when the engine is closed meanwhile', async () => {
  const clock = createVirtualClock()
  const sound = createMemoryStorage({ clock })
  const late = failAfter(sound, { random: () => 0, rate: 1, methods: ['commit'] })
  const { keeper, engine } = counter({ storage: late, clock })
  const asked = Promise.allSettled([keeper.ask('it', adding('a')), keeper.ask('it', adding('b'))])
  await clock.advance(100)
  await engine.close()
  expect((await settled(clock, asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const [slice] = await sound.load([{ journal }])
  expect(slice?.commits.length).toBe(1)
  await expect(keeper.ask('it', total())).rejects.toMatchObject({ code: 'WF_CLOSED' })
})
