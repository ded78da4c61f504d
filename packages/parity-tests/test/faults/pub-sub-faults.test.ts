import type { PubSub } from '@wf/core'
import { createMemoryPubSub, type MemoryPubSub } from '@wf/pubsub-memory'
import { describe, expect, it } from 'vitest'
import {
  createRandom,
  createVirtualClock,
  delayHints,
  dropAll,
  dropHints,
  duplicateHints,
  type FaultOptions,
  type Faulty,
  failPublish,
  type LateHintsOptions,
  loseAcks,
  pubsubSuite,
  reorderHints,
} from '../../src/index.js'

type Wrap = (pubsub: PubSub, options: LateHintsOptions) => PubSub & Faulty

const SENT = Array.from({ length: 40 }, (_, index) => `hint ${index}`)

/** What a subscriber gets of forty hints that are published one by one. */
async function played(wrap: Wrap, options: Partial<FaultOptions> = {}) {
  const clock = createVirtualClock()
  const given = { random: createRandom(5), rate: 0.5, ...options, clock, mostMs: 1_000 }
  const pubsub = wrap(createMemoryPubSub({ clock, logger: { warn: () => undefined } }), given)
  const got: string[] = []
  await pubsub.subscribe('topic', {}, async (hints) => void got.push(...hints))
  const failed: string[] = []
  for (const hint of SENT) await pubsub.publish('topic', [hint]).catch(() => failed.push(hint))
  await clock.advance(0)
  const atOnce = [...got]
  await clock.advance(60_000)
  return { clock, pubsub, got, atOnce, failed, injected: pubsub.faults.injected }
}

const distinct = (hints: readonly string[]): readonly string[] => [...new Set(hints)]

describe('hints', () => {
  it('are dropped, as many as are counted', async () => {
    const { got, injected } = await played(dropHints)
    expect(got.length).toBe(SENT.length - injected)
    expect(injected).toBeGreaterThan(10)
    expect(injected).toBeLessThan(30)
    expect((await played(dropHints)).got).toEqual(got)
  })

  it('are lost, all of them, while publications succeed', async () => {
    const { pubsub, got, failed, injected, clock } = await played((one) => dropAll(one))
    expect([got, failed, injected]).toEqual([[], [], SENT.length])
    pubsub.heal()
    await pubsub.publish('topic', ['healed'])
    await clock.advance(0)
    expect(got).toEqual(['healed'])
  })

  it('come twice, some at once and some later', async () => {
    const { got, atOnce, injected } = await played(duplicateHints)
    expect(distinct(got).length).toBe(SENT.length)
    expect(got.length).toBe(SENT.length + injected)
    expect(atOnce.length).toBeGreaterThan(SENT.length)
    expect(got.length).toBeGreaterThan(atOnce.length)
  })

  it('come late, and none is lost', async () => {
    const { got, atOnce, injected } = await played(delayHints)
    expect(atOnce.length).toBe(SENT.length - injected)
    expect([...got].sort()).toEqual([...SENT].sort())
  })

  it('overtake each other, and none is lost', async () => {
    const { got, injected } = await played(reorderHints)
    expect(injected).toBeGreaterThan(10)
    expect(got).not.toEqual(SENT)
    expect([...got].sort()).toEqual([...SENT].sort())
  })

  it('overtake each other within one publication', async () => {
    const clock = createVirtualClock()
    const options = { random: createRandom(2), rate: 0.5, clock, mostMs: 1_000 }
    const pubsub = reorderHints(createMemoryPubSub({ clock }), options)
    const got: string[] = []
    await pubsub.subscribe('topic', {}, async (hints) => void got.push(...hints))
    await pubsub.publish('topic', SENT)
    await clock.advance(2_000)
    expect(got).not.toEqual(SENT)
    expect([...got].sort()).toEqual([...SENT].sort())
  })

  it('are refused, some before they were accepted and some after', async () => {
    const { got, failed, injected } = await played(failPublish)
    expect(failed.length).toBe(injected)
    const arrived = failed.filter((hint) => got.includes(hint))
    expect(arrived.length > 0 && arrived.length < failed.length).toBe(true)
  })

  it('come again although they were taken', async () => {
    const { got, injected } = await played(loseAcks, { rate: 0.3, mostInARow: 1 })
    expect(distinct(got).length).toBe(SENT.length)
    expect(injected).toBeGreaterThan(0)
    expect(got.length).toBeGreaterThan(SENT.length)
  })

  it.for([delayHints, reorderHints])(
    'that are held back arrive when it is healed, and not after a close (%o)',
    async (wrap) => {
      const clock = createVirtualClock()
      const held = (): PubSub & Faulty =>
        wrap(createMemoryPubSub({ clock }), { random: createRandom(1), rate: 1, clock, mostMs: 60_000 })
      const got: string[] = []
      const pubsub = held()
      await pubsub.subscribe('topic', {}, async (hints) => void got.push(...hints))
      await pubsub.publish('topic', ['one'])
      await clock.advance(0)
      expect(got).toEqual([])
      pubsub.heal()
      await pubsub.publish('topic', ['two'])
      await clock.advance(0)
      expect(got).toEqual(['one', 'two'])
      const closed = held()
      await closed.publish('topic', ['three'])
      await closed.close()
      expect(clock.pending().count).toBe(0)
    },
  )
})

const wrappers: Readonly<Record<string, Wrap>> = {
  dropHints,
  duplicateHints,
  delayHints,
  reorderHints,
  failPublish,
  loseAcks,
}

for (const [name, wrap] of Object.entries(wrappers)) {
  const brokers = new WeakMap<PubSub, MemoryPubSub>()
  const wrapped = (broker: MemoryPubSub, clock: LateHintsOptions['clock']): PubSub => {
    const pubsub = wrap(broker, { random: createRandom(1), rate: 0, clock, mostMs: 10 })
    brokers.set(pubsub, broker)
    return pubsub
  }
  pubsubSuite({
    name: `memory behind ${name} that never strikes`,
    create: ({ clock }) => wrapped(createMemoryPubSub({ clock, logger: { warn: () => undefined } }), clock),
    connect: (first, { clock }) => wrapped((brokers.get(first) ?? createMemoryPubSub()).connect(), clock),
  }).register({ describe, it })
}
