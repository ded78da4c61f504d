import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import type { Scenario } from '../../src/engine/scenario.js'
import { composedScenario, failingScenario } from '../../src/engine/scenarios/composed.js'
import { withStage } from '../../src/engine/stage.js'

const FIRST = 100
const HUNDREDS = 3

/** More of them than a suite plays; half of the runs are read from a storage at every turn. */
const partsOf = (seed: number): Parameters<typeof withStage>[0] => ({
  createEngine: (options) =>
    createDefaultEngine(seed % 2 ? { ...options, cacheRuns: 0, checkpointBytes: 100 } : options),
  createStorage: ({ clock }) => createMemoryStorage({ clock }),
})

async function playHundred(first: number, scenario: (seed: number) => Scenario): Promise<void> {
  for (let seed = first; seed < first + 100; seed += 1) {
    try {
      await withStage(partsOf(seed), scenario(seed).play)
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error })
    }
  }
}

describe('workflows put together by chance', () => {
  for (let hundred = 0; hundred < HUNDREDS; hundred += 1) {
    const first = FIRST + hundred * 100
    it(`come to what a plain program computes, from seed ${first} on`, { timeout: 60_000 }, () =>
      playHundred(first, composedScenario),
    )
    it(`end once when their steps fail, from seed ${first} on`, { timeout: 60_000 }, () =>
      playHundred(first, failingScenario),
    )
  }
})
