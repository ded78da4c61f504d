import { describe, expect, it } from 'vitest'
import { fanOut } from './shared-foreach.js'

/** 10,000 is what this is made for; what it shows does not depend on that. */
const ITEMS = Number(process.env.WF_ITEMS ?? 1_000)

describe('a foreach that a hundred processes work on', () => {
  it.for([100, ITEMS])(
    'takes one commit an item and throws hardly any away, with %i items at a time',
    { timeout: 240_000 },
    async (concurrency) => {
      const { result, bodies, commits, thrownAway } = await fanOut({ items: ITEMS, concurrency, workers: 100 })
      expect(result.status).toBe('success')
      expect(result.result).toEqual(bodies.map((_, item) => item * 2))
      expect(new Set(bodies)).toEqual(new Set([1]))
      // One each, and the first claim of each process; 1.02 an item where there are 10,000.
      expect(commits).toBeLessThanOrEqual(ITEMS + 100 + ITEMS / 100)
      expect(thrownAway).toBeLessThanOrEqual(ITEMS / 100)
    },
  )

  it('takes fewer where each of them runs ten that come to their end at one moment', async () => {
    const gates: (() => void)[] = []
    const gate = () => new Promise<void>((resolve) => gates.push(resolve))
    const { result, commits } = await fanOut({
      items: 400,
      concurrency: 100,
      workers: 10,
      slots: 10,
      body: ({ item }) => gate().then(() => item),
      async during({ clock }) {
        for (let round = 0; round < 40; round += 1) {
          await clock.advance(20)
          for (const open of gates.splice(0)) open()
        }
      },
    })
    expect(result.status).toBe('success')
    expect(commits).toBeLessThanOrEqual(70)
  })
})
