import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../../src/engine/scenarios/index.js'
import { type FaultPlan, noFaults, playSimulated, type SimulatedStageParts } from '../../src/simulator/index.js'
import { createHintedClient, createHintedWorker } from './hinted-processes.js'

const partsOf = (seed: number, workers: number, plan: FaultPlan): SimulatedStageParts => ({
  seed,
  plan,
  workers,
  createClient: workers === 0 ? createHintedWorker : createHintedClient,
  createWorker: createHintedWorker,
  createStorage: createMemoryStorage,
  createPubSub: ({ clock }) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }),
  settlingMs: 400,
})

const sample = scenarios.filter((_, index) => index % 7 === 0)

describe('scenarios in a world without faults', () => {
  for (const workers of [0, 1, 4]) {
    for (const scenario of sample) {
      it(`${scenario.id} with ${workers} workers`, async () => {
        const { occurrences } = await playSimulated(scenario, partsOf(1, workers, noFaults))
        expect(occurrences).toBeGreaterThanOrEqual(0)
      })
    }
  }
})
