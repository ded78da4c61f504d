import { dropAll } from '@wf/parity-tests'
import { expect, it } from 'vitest'
import { chainOf, createPlace, step, turns, workflow } from './given.js'

it('goes through a queue of which it got no hint without a pause, and never has more at once than it may', async () => {
  const place = createPlace()
  const pubsub = dropAll(place.pubsub)
  const seen = { now: 0, most: 0, all: 0 }
  const flow = chainOf('queued', 1, async () => {
    seen.now += 1
    seen.most = Math.max(seen.most, seen.now)
    await turns(1)
    seen.now -= 1
    seen.all += 1
  })
  const web = place.process(flow, { work: false, pubsub })
  for (let at = 0; at < 100; at += 1) await (await web.createRun(flow)).startAsync({ inputData: at })
  await place.clock.advance(3_000)
  expect(seen.all).toBe(0)

  // From here on the clock stands still.
  place.process(flow, { concurrency: 10, pubsub })
  for (let left = 1_000; seen.all < 100 && left > 0; left -= 1) await turns(1)
  expect(seen).toEqual({ now: 0, most: 10, all: 100 })
})

it('spreads what waits beside a body that takes its time, although no hint of it came', async () => {
  const place = createPlace()
  const pubsub = dropAll(place.pubsub)
  const begun: string[] = []
  const end = Promise.withResolvers<void>()
  const long = (id: string) =>
    step(id, () => {
      begun.push(id)
      return end.promise
    })
  const flow = workflow('wide')
    .parallel([long('a'), long('b'), long('c')])
    .commit()
  const web = place.process(flow, { work: false, pubsub })
  for (let at = 0; at < 3; at += 1) place.process(flow, { concurrency: 1, pubsub })
  await (await web.createRun(flow, { runId: 'one' })).startAsync({})
  // Each is found two seconds after it was left, by a look that is a second away at most.
  await place.clock.advance(9_000)
  expect(begun).toEqual(['a', 'b', 'c'])
  end.resolve()
  await turns()
  expect(await web.runs.get('one')).toMatchObject({ status: 'success' })
})
