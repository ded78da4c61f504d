import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import { composedScenario } from '../../src/engine/scenarios/composed.js'
import { withStage } from '../../src/engine/stage.js'

const FIRST = 100
const HUNDREDS = 3

/** More of them than a suite plays; half of the runs are read from a storage at every turn. */
const partsOf = (seed: number): Parameters<typeof withStage>[0] => ({
  createEngine: (options) =>
    createDefaultEngine(seed % 2 ? { ...options, cacheRuns: 0, checkpointBytes: 100 } : options),
  createStorage: ({ clock }) => createMemoryStorage({ clock }),
})

describe('workflows put together by chance', () => {
  for (let hundred = 0; hundred < HUNDREDS; hundred += 1) {
    const first = FIRST + hundred * 100
    it(`come to what a plain program computes, from seed ${first} on`, { timeout: 60_000 }, async () => {
      for (let seed = first; seed < first + 100; seed += 1) {
        try {
          await withStage(partsOf(seed), composedScenario(seed).play)
        } catch (error) {
          throw new Error(`seed ${seed}`, { cause: error })
        }
      }
    })
  }
})
