import { dropAll } from '@wf/parity-tests'
import { expect, it } from 'vitest'
import { countedStorage } from './counted.js'
import { chainOf, createPlace, settled, step, turns, workflow } from './given.js'

it('learns of a result that came about elsewhere by its hint, without asking the storage in between', async () => {
  const place = createPlace()
  const storage = countedStorage(place.storage)
  const chain = chainOf('chain', 200)
  const web = place.process(chain, { storage, work: false })
  place.process(chain)
  const run = await web.createRun(chain)
  expect(await run.start({ inputData: 7 })).toMatchObject({ status: 'success', result: 7 })
  expect(storage.calls).toMatchObject({ load: 1, commit: 1 })
})

it('learns of every suspension and of the end by a few looks each', async () => {
  const place = createPlace()
  const storage = countedStorage(place.storage)
  const ask = step('ask', ({ resumeData, suspend }) => (resumeData === undefined ? suspend() : resumeData))
  const asks = workflow('asks')
    .dountil(ask, async ({ inputData }) => inputData === 'enough')
    .commit()
  const web = place.process(asks, { storage, work: false })
  place.process(asks)
  const run = await web.createRun(asks)
  expect((await run.start()).status).toBe('suspended')
  for (let count = 0; count < 20; count += 1) expect((await run.resume({ resumeData: count })).status).toBe('suspended')
  expect((await run.resume({ resumeData: 'enough' })).status).toBe('success')
  expect(storage.calls.load).toBeLessThanOrEqual(3 * 22)
  expect(storage.calls.commit).toBe(22)
})

it('costs one look for each of many that wait at once', async () => {
  const place = createPlace()
  const storage = countedStorage(place.storage)
  const chain = chainOf('chain', 5)
  const web = place.process(chain, { storage, work: false })
  for (let count = 0; count < 3; count += 1) place.process(chain)
  const results = Array.from({ length: 100 }, async () => (await web.createRun(chain)).start())
  expect(new Set((await Promise.all(results)).map(({ status }) => status))).toEqual(new Set(['success']))
  expect(storage.calls.load).toBeLessThanOrEqual(100)
})

it('looks once each tenth of a lease while it waits and no hint comes', async () => {
  const place = createPlace()
  const storage = countedStorage(place.storage)
  const gate = Promise.withResolvers<void>()
  const held = workflow('held')
    .then(step('a', () => gate.promise))
    .commit()
  const web = place.process(held, { storage, work: false })
  place.process(held)
  const result = (await web.createRun(held)).start()
  await turns()
  const before = storage.calls.load
  for (let second = 0; second < 60; second += 1) await place.clock.advance(1_000)
  expect(storage.calls.load - before).toBeLessThanOrEqual(20)
  gate.resolve()
  expect((await result).status).toBe('success')
})

it('does not look again and again for runs that it was only asked to begin', async () => {
  const place = createPlace()
  const storage = countedStorage(place.storage)
  const gate = Promise.withResolvers<void>()
  const held = workflow('held')
    .then(step('a', () => gate.promise))
    .commit()
  const web = place.process(held, { storage, work: false })
  place.process(held)
  for (let count = 0; count < 20; count += 1) await (await web.createRun(held)).startAsync()
  await turns()
  const before = storage.calls.load
  for (let second = 0; second < 120; second += 1) await place.clock.advance(1_000)
  expect(storage.calls.load - before).toBe(0)
  gate.resolve()
  await turns()
  expect((await web.runs.list({ status: 'success' })).runs).toHaveLength(20)
})

it('learns of a result by the journal alone when the pub/sub loses everything', async () => {
  const place = createPlace()
  const pubsub = dropAll(place.pubsub)
  const ask = step('ask', ({ resumeData, suspend }) => (resumeData === undefined ? suspend() : resumeData))
  const asks = workflow('asks').then(step('first')).then(ask).then(step('last')).commit()
  const web = place.process(asks, { pubsub, work: false })
  for (let count = 0; count < 2; count += 1) place.process(asks, { pubsub })
  const began = place.clock.now()
  const run = await web.createRun(asks)
  expect((await settled(place.clock, run.start({ inputData: 1 }))).status).toBe('suspended')
  // What was offered lies about for two seconds, a look comes every second, who waits looks every three.
  expect(place.clock.now() - began).toBeLessThanOrEqual(7_000)
  expect(await settled(place.clock, run.resume({ resumeData: 'go' }))).toMatchObject({ result: 'go' })
  expect(place.clock.now() - began).toBeLessThanOrEqual(14_000)
  expect(pubsub.faults.injected).toBeGreaterThan(3)
})

it('hears of a cancel by the journal alone when the pub/sub loses everything', async () => {
  const place = createPlace()
  const pubsub = dropAll(place.pubsub)
  const reason = Promise.withResolvers<unknown>()
  const never = workflow('never')
    .then(
      step('hangs', ({ abortSignal }) => {
        abortSignal.addEventListener('abort', () => reason.resolve(abortSignal.reason))
        return new Promise(() => {})
      }),
    )
    .commit()
  const web = place.process(never, { pubsub, work: false })
  place.process(never, { pubsub })
  const run = await web.createRun(never)
  await run.startAsync()
  await place.clock.advance(4_000)
  expect(await run.cancel()).toBe('canceled')
  expect(await settled(place.clock, reason.promise)).toBe('canceled')
})
