import { describe, expect, it } from 'vitest'
import { LONGEST_MS } from '../play-rows.ts'
import { checkSeed } from './check-seed.ts'
import { emptyRandomTally } from './random-tally.ts'

/** A share of the seeds that `pnpm simulate --random` plays. */
const SEEDS = 300

/** Each has shown something that was wrong, in the library or in what these plays expect. */
const HAVE_FAILED = [
  1908, 2448, 4122, 4824, 7987, 9409, 10310, 12027, 12980, 12486, 14617, 14638, 17912, 18395, 33276, 34137, 36075,
]

describe('seeds that have failed once do so no more', () => {
  it.each(HAVE_FAILED)('seed %i', { timeout: LONGEST_MS }, async (seed) => {
    const tally = emptyRandomTally()
    await checkSeed({ seed }, tally)
    expect(tally.failures).toEqual([])
    // The journal says in which order things have happened.
    expect(tally.otherOrders).toBe(0)
  })
})

describe('random workflows come to what the interpreter says, on each engine, calm and disturbed', () => {
  const tally = emptyRandomTally()

  for (let seed = 1; seed <= SEEDS; seed += 1) {
    it(`seed ${seed}`, { timeout: LONGEST_MS }, async () => {
      await checkSeed({ seed }, tally)
      expect(tally.failures).toEqual([])
    })
  }

  it('ended in every way, and met faults', () => {
    expect(Object.keys(tally.ends).sort()).toEqual(['canceled', 'failed', 'success', 'tripwire'])
    expect(tally.runs).toBe(3 * SEEDS)
    expect(Object.keys(tally.faults).length).toBeGreaterThan(10)
  })
})
