import type { PubSub } from '@wf/core'
import { Outbox } from '@wf/core/hints'
import { busy, createRandom } from '@wf/parity-tests'
import { expect, it } from 'vitest'
import { chainOf, createPlace, settled, turns } from './given.js'

/** Lies between processes and their pub/sub. */
function gateTo(pubsub: PubSub) {
  const gate = { isDown: false, isSilent: false, rejects: 0, accepted: 0 }
  const pass = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (gate.isSilent) return new Promise(() => {})
    if (gate.isDown) throw new Error('the broker is away')
    return call()
  }
  const faulty: PubSub = {
    contract: 1,
    subscribe: (...given) => pass(() => pubsub.subscribe(...given)),
    publish: (topic, hints) =>
      pass(async () => {
        if (gate.rejects > 0) {
          gate.rejects -= 1
          throw new Error('the socket died between publish and accept')
        }
        gate.accepted += hints.length
        await pubsub.publish(topic, hints)
      }),
    close: () => pubsub.close(),
  }
  return { gate, pubsub: faulty }
}

it('ends runs while the pub/sub is away from the beginning, and uses it once it is there', async () => {
  const place = createPlace()
  const { gate, pubsub } = gateTo(place.pubsub)
  gate.isDown = true
  const chain = chainOf('chain', 5)
  const web = place.process(chain, { pubsub, work: false })
  place.process(chain, { pubsub })
  const run = await settled(place.clock, web.createRun(chain))
  expect(await settled(place.clock, run.start({ inputData: 1 }))).toMatchObject({ status: 'success', result: 1 })
  expect(place.said.lines.some((line) => line.includes('the pub/sub would not have a subscription'))).toBe(true)

  gate.isDown = false
  await place.clock.advance(60_000)
  const before = place.clock.now()
  const next = await web.createRun(chain)
  expect(await next.start({ inputData: 2 })).toMatchObject({ status: 'success', result: 2 })
  expect(place.clock.now()).toBe(before)
})

it('ends runs when the pub/sub goes away while they run, and says so in few words', async () => {
  const place = createPlace()
  const { gate, pubsub } = gateTo(place.pubsub)
  const gates = Promise.withResolvers<void>()
  const chain = chainOf('chain', 5, () => gates.promise)
  const web = place.process(chain, { pubsub, work: false })
  const workers = [0, 1].map(() => place.process(chain, { pubsub, dispatch: 'always-publish' }))
  const results = Array.from({ length: 20 }, async () => (await web.createRun(chain)).start())
  await turns()
  gate.isDown = true
  gates.resolve()
  for (const { status } of await settled(place.clock, Promise.all(results))) expect(status).toBe('success')
  await place.clock.advance(10_000)
  expect(place.said.lines.length).toBeLessThan(20 * 5)
  for (const worker of workers) await worker.close()
})

it('offers hints again that the pub/sub would not have once: nothing is lost (case 28)', async () => {
  const place = createPlace()
  const { gate, pubsub } = gateTo(place.pubsub)
  const chain = chainOf('chain', 5)
  const web = place.process(chain, { pubsub, work: false })
  place.process(chain, { pubsub })
  for (let count = 0; count < 10; count += 1) {
    const run = await web.createRun(chain)
    gate.rejects = 2
    const before = place.clock.now()
    expect((await settled(place.clock, run.start(), 5)).status).toBe('success')
    // Long before a sweep would have found it.
    expect(place.clock.now() - before).toBeLessThan(300)
  }
  expect(place.said.lines).toEqual([])
})

it('does not hold up who makes a run when the pub/sub never answers, and ends the run', async () => {
  const place = createPlace()
  const { gate, pubsub } = gateTo(place.pubsub)
  gate.isSilent = true
  const chain = chainOf('chain', 5)
  const web = place.process(chain, { pubsub, work: false })
  const worker = place.process(chain, { pubsub })
  const before = place.clock.now()
  const first = await settled(place.clock, web.createRun(chain), 100)
  expect(place.clock.now() - before).toBeLessThanOrEqual(1_100)
  const again = place.clock.now()
  await settled(place.clock, web.createRun(chain), 100)
  expect(place.clock.now() - again).toBeLessThanOrEqual(200)
  expect((await settled(place.clock, first.start())).status).toBe('success')
  // Nor who closes.
  await settled(place.clock, Promise.all([web.close(), worker.close()]))
})

it('does not let more and more hints wait for a pub/sub that never answers, and says so once', async () => {
  const place = createPlace()
  let calls = 0
  const silent: PubSub = {
    contract: 1,
    subscribe: async () => async () => {},
    publish() {
      calls += 1
      return new Promise(() => {})
    },
    close: async () => {},
  }
  const outbox = new Outbox({ pubsub: silent, clock: place.clock, logger: place.said })
  for (let count = 0; count < 12_000; count += 1) {
    outbox.send('topic', 'hint')
    await Promise.resolve()
  }
  expect(calls).toBe(10_000)
  expect(place.said.lines).toEqual([expect.stringContaining('10000 hints wait for the pub/sub to answer')])
})

it('bears a pub/sub that throws where it should reject', async () => {
  const place = createPlace()
  const rude: PubSub = {
    contract: 1,
    subscribe() {
      throw new Error('not connected')
    },
    publish() {
      throw new Error('not connected')
    },
    close: async () => {},
  }
  const chain = chainOf('chain', 3)
  const web = place.process(chain, { pubsub: rude, work: false })
  place.process(chain, { pubsub: rude })
  const run = await settled(place.clock, web.createRun(chain))
  expect((await settled(place.clock, run.start())).status).toBe('success')
})

it('ends runs when the pub/sub was closed under the engines', async () => {
  const place = createPlace()
  const chain = chainOf('chain', 3)
  const web = place.process(chain, { work: false })
  place.process(chain)
  const run = await web.createRun(chain)
  await place.pubsub.close()
  expect((await settled(place.clock, run.start())).status).toBe('success')
})

it('takes up a run whose storage is busy while the hint is there: nothing is dropped (case 29)', async () => {
  const place = createPlace()
  const storage = busy(place.storage, { random: createRandom(7), rate: 0.7, mostInARow: 4 })
  const chain = chainOf('chain', 5)
  const web = place.process(chain, { work: false })
  // No sweep comes in time to find what was dropped.
  place.process(chain, { storage, dispatch: 'always-publish', work: { everyMs: 3_600_000 } })
  const results = Array.from({ length: 10 }, async () => (await web.createRun(chain)).start())
  for (const { status } of await settled(place.clock, Promise.all(results), 10)) expect(status).toBe('success')
  expect(storage.faults.injected).toBeGreaterThan(10)
})
