import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../src/engine/scenario.js'
import { scenarios } from '../../src/engine/scenarios/index.js'
import { mixedPlan, type Played, playSimulated } from '../../src/simulator/index.js'
import { eventedParts } from './evented-parts.js'
import { hintedProcesses } from './hinted-processes.js'

const SEEDS = [1, 2, 3]

/** Fifty of all sorts whose promises are all waited for, whatever becomes of them. */
const played = scenarios
  .filter(({ id }) => /^(composed|branch|loop|shared-state)\./.test(id))
  .filter((_, index) => index % 2 === 0)

/** A body that runs again may break what a scenario says; what happened is the same each time all the same. */
async function historyOf(scenario: Scenario, seed: number, hinted: boolean): Promise<Played> {
  let told: Played | undefined
  const parts = { ...eventedParts({ seed, workers: 4, plan: mixedPlan }), ...(hinted && hintedProcesses) }
  const tell = (one: Played): void => {
    told = one
  }
  await playSimulated(scenario, { ...parts, told: tell }).catch(() => undefined)
  if (!told) throw new Error('nothing was told')
  return told
}

describe('a seed', () => {
  it(`is of use to ${played.length} scenarios`, () => {
    expect(played.length).toBeGreaterThanOrEqual(50)
  })

  for (const scenario of played) {
    it(`has one history of ${scenario.id}, whatever goes wrong`, async () => {
      const hashes = new Set<string>()
      for (const seed of SEEDS) {
        const one = await historyOf(scenario, seed, seed === 2)
        const other = await historyOf(scenario, seed, seed === 2)
        expect(other.trace).toEqual(one.trace)
        expect(other.hash()).toBe(one.hash())
        hashes.add(one.hash())
      }
      expect(hashes.size).toBe(SEEDS.length)
    })
  }
})
