import type { PubSub } from '@wf/core'
import { expect, it } from 'vitest'
import { countedPubSub, sum } from './counted.js'
import { chainOf, createPlace, turns } from './given.js'

const flows = ['a', 'b', 'c'].map((id) => chainOf(id, 2))

it('has one subscription for each workflow and two for all runs, however many runs there are', async () => {
  const place = createPlace()
  const pubsub = countedPubSub(place.pubsub)
  const engine = place.process(flows, { pubsub })
  for (let count = 0; count < 1_000; count += 1) {
    const flow = flows[count % flows.length]
    if (flow) expect((await (await engine.createRun(flow)).start()).status).toBe('success')
  }
  expect([...pubsub.standing.values()]).toEqual([1, 1, 1, 1, 1])
  expect(pubsub.most).toBe(5)
  await engine.close()
  expect(sum(pubsub.standing)).toBe(0)
  expect(Math.min(...pubsub.standing.values())).toBe(0)
})

it('has only those by which it hears of rests and cancels where it only watches', async () => {
  const place = createPlace()
  const pubsub = countedPubSub(place.pubsub)
  const web = place.process(flows, { pubsub, work: false })
  await turns()
  expect(sum(pubsub.standing)).toBe(1)
  for (const flow of flows) await web.createRun(flow)
  expect(sum(pubsub.standing)).toBe(2)
  await web.close()
  expect(sum(pubsub.standing)).toBe(0)
})

it('takes hints from `work()` to `stop()`, as often as that is', async () => {
  const place = createPlace()
  const pubsub = countedPubSub(place.pubsub)
  const engine = place.process(flows, { pubsub, work: false })
  for (let count = 0; count < 20; count += 1) {
    const worker = await engine.work()
    await turns(2)
    expect(sum(pubsub.standing)).toBe(4)
    await worker.stop()
    await turns(2)
    expect(sum(pubsub.standing)).toBe(1)
  }
})

it('subscribes to nothing any more for a run that was being made when the engine was closed', async () => {
  const place = createPlace()
  const pubsub = countedPubSub(place.pubsub)
  const web = place.process(flows, { pubsub, work: false })
  const [flow] = flows
  if (!flow) throw new Error('there are three')
  const made = web.createRun(flow)
  await Promise.all([web.close(), made.catch(() => undefined)])
  await turns()
  expect(sum(pubsub.standing)).toBe(0)
})

it('ends a subscription that comes to stand only after the engine was closed', async () => {
  const place = createPlace()
  const gate = Promise.withResolvers<void>()
  const counted = countedPubSub(place.pubsub)
  const pubsub = {
    ...counted,
    async subscribe(...given: Parameters<typeof counted.subscribe>) {
      await gate.promise
      return counted.subscribe(...given)
    },
  }
  const engine = place.process(flows, { pubsub })
  await turns()
  await engine.close()
  gate.resolve()
  await turns()
  expect([counted.most, sum(counted.standing)]).toEqual([4, 0])
})

it('offers the work of its first run only when it would hear of it itself', async () => {
  const place = createPlace()
  const gate = Promise.withResolvers<void>()
  const pubsub: PubSub = {
    ...place.pubsub,
    async subscribe(topic, options, take) {
      if (options.group !== undefined) await gate.promise
      return place.pubsub.subscribe(topic, options, take)
    },
  }
  const engine = place.process(flows, { pubsub, dispatch: 'always-publish' })
  const [flow] = flows
  if (!flow) throw new Error('there are three')
  const result = engine.createRun(flow).then((run) => run.start())
  await turns()
  gate.resolve()
  // No time passes, so nobody looks for what a hint would have lost.
  expect((await result).status).toBe('success')
})
