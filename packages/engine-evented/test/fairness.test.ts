import { describe, expect, it } from 'vitest'
import { chainOf, createPlace, step, workflow } from './given.js'

const LONG = 10_000

describe('a chain of 10,000 steps', () => {
  for (const concurrency of [1, 2])
    it(`lets other runs pass in a process that runs ${concurrency} at once`, async () => {
      const place = createPlace()
      let done = 0
      const long = chainOf('long', LONG, ({ inputData }) => {
        done += 1
        return inputData
      })
      const short = workflow('short').then(step('a')).then(step('b')).commit()
      const engine = place.process([long, short], { concurrency })
      const chain = (await engine.createRun(long)).start()
      // It begins before all others.
      await new Promise((resolve) => setImmediate(resolve))
      const others = Array.from({ length: 20 }, async () => {
        const run = await engine.createRun(short)
        expect((await run.start()).status).toBe('success')
        return done
      })
      const last = Math.max(...(await Promise.all(others)))
      expect(last).toBeLessThan(LONG / 4)
      expect((await chain).status).toBe('success')
      expect(done).toBe(LONG)
    }, 60_000)
})

it('lets two chains of one process get on side by side', async () => {
  const place = createPlace()
  const order: string[] = []
  const chain = (id: string) => chainOf(id, 1_000, () => void order.push(id))
  const [one, other] = [chain('one'), chain('other')]
  const engine = place.process([one, other], { concurrency: 1 })
  await Promise.all([one, other].map(async (flow) => (await engine.createRun(flow)).start()))
  const half = order.slice(0, 1_000)
  for (const id of ['one', 'other']) expect(half.filter((ran) => ran === id).length).toBeGreaterThan(300)
}, 30_000)
