import type { PubSub, SubscribeOptions } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { describe, expect, it } from 'vitest'
import { createMemoryPubSub, type MemoryPubSubOptions } from './create-memory-pub-sub.js'

function create(options: MemoryPubSubOptions = {}) {
  const clock = createVirtualClock()
  const warnings: (readonly unknown[])[] = []
  const logger = { warn: (...warning: readonly unknown[]) => void warnings.push(warning) }
  return { clock, warnings, pubsub: createMemoryPubSub({ clock, logger, ...options }) }
}

async function subscribe(pubsub: PubSub, options: SubscribeOptions = { group: 'g' }) {
  const deliveries: (readonly string[])[] = []
  const end = await pubsub.subscribe('t', options, async (hints) => void deliveries.push(hints))
  return { deliveries, end }
}

const named = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`)

describe('a pub/sub in memory', () => {
  it('deals to the members of a group in turn', async () => {
    const { clock, pubsub } = create()
    const members = [await subscribe(pubsub), await subscribe(pubsub), await subscribe(pubsub)]
    for (const hint of named(6)) {
      await pubsub.publish('t', [hint])
      await clock.advance(0)
    }
    const given = members.map(({ deliveries }) => deliveries.flat())
    expect(given).toEqual([
      ['0', '3'],
      ['1', '4'],
      ['2', '5'],
    ])
  })

  it('deals many hints in equal shares, to those alone that have room', async () => {
    const { clock, pubsub } = create()
    const full = await subscribe(pubsub, { group: 'g', slots: () => new Promise(() => undefined) })
    const members = [await subscribe(pubsub), await subscribe(pubsub, { group: 'g', slots: () => 10 })]
    await pubsub.publish('t', named(20))
    await clock.advance(0)
    const sizes = members.map(({ deliveries }) => deliveries.map(({ length }) => length))
    expect([full.deliveries, ...sizes]).toEqual([[], [10], [10]])
  })

  it('delivers a thousand hints at a time at most', async () => {
    const { clock, pubsub } = create()
    const { deliveries } = await subscribe(pubsub)
    await pubsub.publish('t', named(2_500))
    await clock.advance(0)
    expect(deliveries.map(({ length }) => length)).toEqual([1_000, 1_000, 500])
  })

  it('keeps so many hints for a group as it was told, the latest ones', async () => {
    const { clock, pubsub } = create({ maxQueued: 3 })
    const room = Promise.withResolvers<number>()
    const { deliveries } = await subscribe(pubsub, { group: 'g', slots: () => room.promise })
    await pubsub.publish('t', named(5))
    await clock.advance(0)
    await pubsub.publish('t', ['5'])
    room.resolve(10)
    await clock.advance(0)
    expect(deliveries).toEqual([['3', '4', '5']])
  })

  it('drops what nobody is subscribed to, and what waits when the last of a group leaves', async () => {
    const { clock, pubsub } = create()
    await pubsub.publish('t', ['to nobody'])
    const first = await subscribe(pubsub, { group: 'g', slots: () => new Promise(() => undefined) })
    await pubsub.publish('t', ['to one that leaves'])
    await first.end()
    const second = await subscribe(pubsub)
    await clock.advance(60_000)
    expect([first.deliveries, second.deliveries]).toEqual([[], []])
  })

  it('brings again what could not be taken, later each time, and gives up after five tries', async () => {
    const { clock, pubsub, warnings } = create()
    const at: number[] = []
    const begun = clock.now()
    await pubsub.subscribe('t', { group: 'g' }, async () => {
      at.push(clock.now() - begun)
      throw new Error('never')
    })
    await pubsub.publish('t', ['a', 'b'])
    await clock.advance(60_000)
    expect(at).toEqual([0, 100, 300, 700, 1_500])
    expect(warnings).toEqual([
      [{ hints: 2, err: new Error('never') }, 'hints of topic "t" are given up after 5 failed tries'],
    ])
  })

  it('waits for nothing once the last of a group has left', async () => {
    const { clock, pubsub } = create()
    const end = await pubsub.subscribe('t', { group: 'g' }, () => Promise.reject(new Error('never')))
    await pubsub.publish('t', ['a'])
    await clock.advance(0)
    expect(clock.pending().count).toBe(1)
    await end()
    expect(clock.pending().count).toBe(0)
  })

  it('asks a subscriber without room again ten times a second, and only while something waits', async () => {
    const { clock, pubsub } = create()
    let asked = 0
    const slots = (): number => {
      asked += 1
      return 0
    }
    await subscribe(pubsub, { group: 'g', slots })
    await clock.advance(1_000)
    expect(asked).toBe(0)
    await pubsub.publish('t', ['a'])
    await clock.advance(1_000)
    expect(asked).toBe(11)
  })

  it('is not closed by the close of another one over the same topics', async () => {
    const { clock, pubsub } = create()
    const { deliveries } = await subscribe(pubsub)
    const other = pubsub.connect()
    await other.publish('t', ['a'])
    await pubsub.connect().connect().close()
    await other.close()
    await pubsub.publish('t', ['b'])
    await clock.advance(0)
    expect(deliveries.flat()).toEqual(['a', 'b'])
  })

  it.for([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses to keep %s hints', (maxQueued) => {
    const refused = expect.objectContaining({ code: 'WF_INVALID_OPTION', field: 'maxQueued' })
    expect(() => createMemoryPubSub({ maxQueued })).toThrow(refused)
  })
})
