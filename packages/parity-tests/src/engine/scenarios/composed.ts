import { deepEqual, equal, match, ok } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { createChance } from './composed/chance.js'
import { composed } from './composed/composed-workflow.js'
import { compose } from './composed/composition.js'
import { drive, elsewhere } from './composed/drive.js'
import { outcomeOf } from './composed/outcome.js'
import { resultOf, statuses } from './parts/told.js'

/** A workflow that chance has put together, and what a plain program says it comes to. */
export const composedScenario = (seed: number): Scenario => ({
  id: `composed.from-seed-${seed}`,
  shows: ['composed.anything', 'composed.once', 'composed.complete'],
  async play(stage) {
    const chance = createChance(seed)
    const composition = compose(chance)
    const { value, calls: expected, keys } = outcomeOf(composition, 1)
    const { workflow, calls } = composed(composition)
    const { result } = await drive(stage, workflow, chance)
    deepEqual(resultOf(result), { value, state: keys, context: keys })
    deepEqual(Object.keys(result.state ?? {}).sort(), keys)
    deepEqual({ ...calls }, expected)
  },
})

const UNDER_WAY: readonly unknown[] = ['running', 'waiting', 'paused']

/** A workflow in which steps fail: how it ends is chance, that it ends is not. */
export const failingScenario = (seed: number): Scenario => ({
  id: `composed.failing-from-seed-${seed}`,
  shows: ['composed.one-end'],
  async play(stage) {
    const chance = createChance(seed)
    const { workflow, calls, told } = composed(compose(chance, { fails: true }))
    const { result, ...place } = await drive(stage, workflow, chance)
    const { status } = result
    if (status === 'failed') match(result.error.message, / has failed$/)
    else ok(status === 'success' || status === 'tripwire', status)
    deepEqual(
      Object.entries(statuses(result)).filter(([, record]) => UNDER_WAY.includes(record)),
      [],
    )
    const end = status === 'success' ? [] : [`onError ${status}`]
    deepEqual(told, ['onStart', `onFinish ${status}`, ...end])
    const before = { ...calls }
    await stage.clock.advance(60_000)
    await stage.quiet()
    deepEqual({ ...calls }, before)
    const there = await elsewhere(stage, place)
    equal(await stage.settle(there.run.cancel()), status)
    deepEqual(statuses(await stage.settle(there.run.result())), statuses(result))
  },
})

/** Those that stay small: a suite may play each of them once for every commit that it takes. */
const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25]

export const composedScenarios: readonly Scenario[] = [
  ...SEEDS.map(composedScenario),
  ...SEEDS.slice(0, 12).map(failingScenario),
]
