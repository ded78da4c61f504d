import { expect, it } from 'vitest'
import { createPlace, step, turns, workflow } from './given.js'

/** A process in which bodies say how many of them are under way. */
function counting(concurrency: number) {
  const seen = { now: 0, most: 0, all: 0 }
  const body = async ({ inputData }: { inputData: unknown }) => {
    seen.now += 1
    seen.all += 1
    seen.most = Math.max(seen.most, seen.now)
    await new Promise((resolve) => setImmediate(resolve))
    seen.now -= 1
    return inputData
  }
  const flow = workflow('many').then(step('a', body)).then(step('b', body)).commit()
  return { seen, flow, concurrency }
}

it('queues 10,000 runs that begin at once: no process has more bodies than it may, and all of them end', async () => {
  const place = createPlace()
  const parts = [10, 10, 10].map(counting)
  const { flow } = counting(1)
  const web = place.process(flow, { work: false, cacheRuns: 10 })
  for (const { flow: own, concurrency } of parts) place.process(own, { concurrency, cacheRuns: 10 })
  const results = Array.from({ length: 10_000 }, async (_, at) => (await web.createRun(flow)).start({ inputData: at }))
  const ended = await Promise.all(results)
  expect(ended.every((result, at) => result.status === 'success' && result.result === at)).toBe(true)
  expect(parts.map(({ seen }) => seen.most)).toEqual([10, 10, 10])
  expect(parts.reduce((all, { seen }) => all + seen.all, 0)).toBe(20_000)
  for (const { seen } of parts) expect(seen.all).toBeGreaterThan(20_000 / 3 / 2)
}, 120_000)

it('keeps to its concurrency also where runs are started, resumed and fanned out in the process itself', async () => {
  const place = createPlace()
  const { seen, flow } = counting(7)
  const wide = workflow('wide')
    .foreach(
      step('item', async () => {
        seen.now += 1
        seen.most = Math.max(seen.most, seen.now)
        await new Promise((resolve) => setImmediate(resolve))
        seen.now -= 1
      }),
      { concurrency: 50 },
    )
    .commit()
  const engine = place.process([flow, wide], { concurrency: 7 })
  const runs = Array.from({ length: 100 }, async () => (await engine.createRun(flow)).start())
  const fans = Array.from({ length: 5 }, async () =>
    (await engine.createRun(wide)).start({ inputData: Array.from({ length: 60 }, (_, at) => at) }),
  )
  for (const { status } of await Promise.all([...runs, ...fans])) expect(status).toBe('success')
  expect(seen.most).toBe(7)
}, 30_000)

it('has room again when a run could not go on that took the last of it, without a look', async () => {
  const place = createPlace()
  const gate = Promise.withResolvers<void>()
  const where: unknown[] = []
  const body = step('a', ({ inputData }) => {
    where.push(inputData)
    return inputData === 'unread' ? gate.promise : inputData
  })
  const flow = workflow('one').then(body).commit()
  let isUnread = false
  const load: typeof place.storage.load = async (reads) => {
    if (isUnread && reads.some(({ journal }) => journal.id === 'unread')) throw new TypeError('it cannot be read')
    return place.storage.load(reads)
  }
  const web = place.process(flow, { work: false })
  place.process(flow, { concurrency: 1, storage: { ...place.storage, load } })
  const unread = await web.createRun(flow, { runId: 'unread' })
  await unread.startAsync({ inputData: 'unread' })
  await turns()
  const next = (await web.createRun(flow)).start({ inputData: 'next' })
  await turns()
  expect(where).toEqual(['unread'])
  isUnread = true
  await unread.cancel()
  await turns()
  gate.resolve()
  expect((await next).status).toBe('success')
})
