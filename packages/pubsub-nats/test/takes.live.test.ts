import { setTimeout as sleep } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createNatsPubSub, type NatsPubSub, type NatsPubSubSettings } from '../src/index.js'
import { removeStream } from './remove-stream.js'
import { until } from './until.js'
import { anyPrefix, url } from './url.js'

const logger = { warn: () => undefined }
let client: NatsConnection

beforeAll(async () => {
  client = await connect({ servers: url })
})
afterAll(() => client.close())

async function over<Result>(
  settings: NatsPubSubSettings,
  play: (open: () => NatsPubSub, prefix: string) => Promise<Result>,
): Promise<Result> {
  const prefix = anyPrefix()
  const opened: NatsPubSub[] = []
  const open = (): NatsPubSub => {
    const pubsub = createNatsPubSub({ url, prefix, logger, ...settings })
    opened.push(pubsub)
    return pubsub
  }
  try {
    return await play(open, prefix)
  } finally {
    await Promise.all(opened.map((pubsub) => pubsub.close()))
    await removeStream(client, prefix)
  }
}

async function stateOf(prefix: string) {
  const { streams, consumers } = await jetstreamManager(client)
  const { state } = await streams.info(`${prefix}-hints`)
  const all = await consumers.list(`${prefix}-hints`).next()
  return { messages: state.messages, consumers: all }
}

it('gives what is being taken for long to nobody else', () =>
  over({ ackWaitMs: 2_000 }, async (open) => {
    const given: string[] = []
    const take = async (hints: readonly string[]): Promise<void> => {
      given.push(...hints)
      await sleep(4_500)
    }
    const first = open()
    for (const pubsub of [first, open()]) await pubsub.subscribe('t', { group: 'g' }, take)
    await first.publish('t', ['long'])
    await until('it is given', () => given.length > 0)
    await sleep(5_000)
    expect(given).toEqual(['long'])
  }))

it('keeps nothing of what was taken, and one consumer for a group, however many hints there are', () =>
  over({}, async (open, prefix) => {
    const hints = Array.from({ length: 500 }, (_, index) => `${index}`)
    const taken = new Set<string>()
    const take = async (given: readonly string[]): Promise<void> => {
      for (const hint of given) taken.add(hint)
    }
    const pubsub = open()
    for (const member of [pubsub, pubsub, open()]) await member.subscribe('t', { group: 'g' }, take)
    for (const hint of hints) await pubsub.publish('t', [hint])
    await until('all were taken', () => taken.size === hints.length)
    await until('nothing is left', async () => (await stateOf(prefix)).messages === 0)
    const { consumers } = await stateOf(prefix)
    expect(consumers.map(({ num_ack_pending, num_redelivered }) => [num_ack_pending, num_redelivered])).toEqual([
      [0, 0],
    ])
  }))

it('hands back at once what came when there was no room any more', () =>
  over({ ackWaitMs: 60_000 }, async (open) => {
    const full = Promise.withResolvers<number>()
    let answers = 1
    const theirs: string[] = []
    // Says that there is room, and has none when the hint comes.
    const slots = () => (answers-- > 0 ? 1 : full.promise)
    await open().subscribe('t', { group: 'g', slots }, async (hints) => void theirs.push(...hints))
    const other = open()
    await other.publish('t', ['a'])
    const mine: string[] = []
    await other.subscribe('t', { group: 'g' }, async (hints) => void mine.push(...hints))
    await until('the other one has it', () => mine.length > 0)
    expect([theirs, mine]).toEqual([[], ['a']])
  }))

it('remembers a group whose members are full for longer than one without any', () =>
  over({ forgetMs: 1_000 }, async (open) => {
    const full = Promise.withResolvers<number>()
    const taken: string[] = []
    const pubsub = open()
    await pubsub.subscribe('t', { group: 'g', slots: () => full.promise }, async (hints) => void taken.push(...hints))
    await pubsub.publish('t', ['a'])
    await sleep(3_000)
    full.resolve(1)
    await until('it is taken', () => taken.length > 0)
  }))

it('asks a subscriber that takes its time to answer, and delivers to it', () =>
  over({}, async (open) => {
    const taken: string[] = []
    const slots = () => sleep(20, 2)
    const pubsub = open()
    await pubsub.subscribe('t', { group: 'g', slots }, async (hints) => void taken.push(...hints))
    await pubsub.publish('t', ['a', 'b', 'c'])
    await until('all were taken', () => taken.length >= 3)
  }))

it('gives no more than there is room for to subscribers that share it, and loses nothing', () =>
  over({ ackWaitMs: 60_000 }, async (open) => {
    const pubsub = open()
    const topics = Array.from({ length: 20 }, (_, index) => `topic ${index}`)
    const waiting: ((room: number) => void)[] = []
    let free = 2
    let least = free
    let taken = 0
    const slots = () => (free > 0 ? free : new Promise<number>((resolve) => waiting.push(resolve)))
    const take = async (hints: readonly string[]): Promise<void> => {
      free -= hints.length
      least = Math.min(least, free)
      await sleep(1)
      free += hints.length
      taken += hints.length
      for (const resolve of waiting.splice(0)) resolve(free)
    }
    for (const topic of topics) await pubsub.subscribe(topic, { group: 'g', slots }, take)
    await Promise.all(topics.map((topic) => pubsub.publish(topic, ['a', 'b', 'c', 'd', 'e'])))
    await until('all were taken', () => taken === 100)
    expect(least).toBe(0)
  }))

it('goes on with a consumer that was made with other settings', () =>
  over({}, async (open, prefix) => {
    const other = createNatsPubSub({ client, prefix, logger, ackWaitMs: 5_000, forgetMs: 60_000, maxHints: 7 })
    await other.subscribe('t', { group: 'g' }, async () => undefined)
    await other.close()
    const taken: string[] = []
    const pubsub = open()
    await pubsub.subscribe('t', { group: 'g' }, async (hints) => void taken.push(...hints))
    await pubsub.publish('t', ['a'])
    await until('it is taken', () => taken.length > 0)
  }))

it('leaves the client of a user open, and nothing of its own on it', () =>
  over({}, async (open, prefix) => {
    const mine = await connect({ servers: url })
    const pubsub = createNatsPubSub({ client: mine, prefix, logger })
    await pubsub.subscribe('t', { group: 'g' }, async () => undefined)
    await pubsub.subscribe('t', {}, async () => undefined)
    await pubsub.close()
    expect([mine.isClosed(), mine.isDraining()]).toEqual([false, false])
    const { inMsgs } = mine.stats()
    await open().publish('t', ['a'])
    await mine.flush()
    expect(mine.stats().inMsgs).toBe(inMsgs)
    await mine.close()
  }))
