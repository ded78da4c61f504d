import { describe, expect, it } from 'vitest'
import { type FaultKind, faultKinds, planOf } from '../../src/simulator/index.js'
import { beginning, inWorld, journal } from './worlds.js'

/** What a subscriber takes, and when, of ten hints that are sent one after the other. */
const takenUnder = (kinds: readonly FaultKind[], seed: number) =>
  inWorld([seed, planOf(kinds)], async (world) => {
    const [sender, taker] = [world.process('sender'), world.process('taker')]
    const taken: string[] = []
    let lastAt = 0
    const take = async (hints: readonly string[]): Promise<void> => {
      taken.push(...hints)
      lastAt = world.elapsed
    }
    await world.settle(taker.pubsub.subscribe('topic', {}, take))
    const sent = [...Array(10).keys()].map(String)
    await world.settle(sender.pubsub.publish('topic', sent).catch(() => undefined))
    await world.advance(5_000)
    return { taken, lastAt, injected: world.injected }
  })

const inOrder = [...Array(10).keys()].map(String)

describe('faults', () => {
  it('do not happen to hints without a plan', async () => {
    expect(await takenUnder([], 1)).toEqual({ taken: inOrder, lastAt: 0, injected: {} })
  })

  it('drop hints', async () => {
    const { taken, injected } = await takenUnder(['drop'], 1)
    expect(injected.drop).toBeGreaterThan(0)
    expect(taken.length).toBe(10 - (injected.drop ?? 0))
  })

  it('send hints twice', async () => {
    const { taken, injected } = await takenUnder(['duplicate'], 1)
    expect(injected.duplicate).toBeGreaterThan(0)
    expect(taken.length).toBe(10 + (injected.duplicate ?? 0))
  })

  it('let hints overtake others', async () => {
    const { taken, injected } = await takenUnder(['reorder'], 1)
    expect(injected.reorder).toBeGreaterThan(0)
    expect(taken).not.toEqual(inOrder)
    expect([...taken].sort()).toEqual(inOrder)
  })

  it('let hints come late', async () => {
    const { taken, lastAt, injected } = await takenUnder(['delay'], 1)
    expect(injected.delay).toBeGreaterThan(0)
    expect([...taken].sort()).toEqual(inOrder)
    expect(lastAt).toBeGreaterThan(0)
  })

  it('fail calls before and after they have written', async () => {
    for (const [kind, written] of [
      ['fail-before', false],
      ['fail-after', true],
    ] as const) {
      await inWorld([1, { rates: { [kind]: 1 } }], async (world) => {
        const { storage } = world.process('writer')
        await expect(world.settle(storage.commit([beginning()]))).rejects.toThrow('did not answer')
        const [slice] = await world.storage.load([{ journal }])
        expect(slice !== undefined).toBe(written)
        expect(world.injected).toEqual({ [kind]: 1 })
      })
    }
  })

  it('answer loads with something old, but not with less than was asked for', () =>
    inWorld([1, { rates: { 'stale-read': 1 } }], async (world) => {
      const { storage } = world.process('reader', { mortal: true })
      let [head] = (await world.settle(storage.commit([beginning()]))).flatMap((one) =>
        'head' in one ? [one.head] : [],
      )
      for (const commitId of ['second', 'third']) {
        const base = head ?? 'new'
        const [answer] = await world.settle(storage.commit([{ journal, commitId, base, entries: [] }]))
        head = answer && 'head' in answer ? answer.head : head
      }
      const seen = new Set<number | undefined>()
      for (let count = 0; count < 30; count += 1) {
        const [slice] = await world.settle(storage.load([{ journal, atLeast: 2 }]))
        seen.add(slice?.header.head.version)
      }
      expect(seen).toEqual(new Set([2]))
      for (let count = 0; count < 30; count += 1) {
        const [slice] = await world.settle(storage.load([{ journal }]))
        seen.add(slice?.header.head.version)
      }
      expect(seen.has(1)).toBe(true)
      expect(world.injected['stale-read']).toBe(60)
    }))

  it('make calls slow, some for longer than a lease', async () => {
    for (const [kind, least] of [
      ['slow', 1],
      ['stall', 7_000],
    ] as const) {
      await inWorld([1, { rates: { [kind]: 1 } }], async (world) => {
        const { storage } = world.process('waiter', { mortal: true, leaseMs: 7_000 })
        await world.settle(storage.load([{ journal }]))
        expect(world.elapsed).toBeGreaterThanOrEqual(least)
      })
    }
  })

  it('end when all is well', () =>
    inWorld([1, { rates: Object.fromEntries(faultKinds.map((kind) => [kind, 1])) }], async (world) => {
      const { storage } = world.process('lucky')
      world.heal()
      await world.settle(storage.commit([beginning()]))
      expect((await world.settle(storage.load([{ journal }])))[0]?.header.head.version).toBe(1)
      expect(world.injected).toEqual({})
    }))
})
