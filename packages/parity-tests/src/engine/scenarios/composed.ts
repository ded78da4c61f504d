import { deepEqual } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { createChance } from './composed/chance.js'
import { composed } from './composed/composed-workflow.js'
import { compose } from './composed/composition.js'
import { drive } from './composed/drive.js'
import { outcomeOf } from './composed/outcome.js'
import { resultOf } from './parts/told.js'

/** A workflow that chance has put together, and what a plain program says it comes to. */
export const composedScenario = (seed: number): Scenario => ({
  id: `composed.from-seed-${seed}`,
  shows: ['composed.anything', 'composed.once', 'composed.complete'],
  async play(stage) {
    const chance = createChance(seed)
    const composition = compose(chance)
    const { value, calls: expected, keys } = outcomeOf(composition, 1)
    const { workflow, calls } = composed(composition)
    const result = await drive(stage, workflow, chance)
    deepEqual(resultOf(result), { value, state: keys, context: keys })
    deepEqual(Object.keys(result.state ?? {}).sort(), keys)
    deepEqual({ ...calls }, expected)
  },
})

/** Those that stay small: a suite may play each of them once for every commit that it takes. */
const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25]

export const composedScenarios: readonly Scenario[] = SEEDS.map(composedScenario)
