import type { Scenario } from '@wf/parity-tests'
import { noFaults } from '@wf/parity-tests/simulator'
import type { Play } from '../play-seed.ts'

/** Settings in which nothing goes wrong, so that what is asked of the storage is what a run costs. */
export const calmWays = {
  'one calm process': {},
  'three calm processes that keep nothing': { workers: 3, dispatch: 'always-publish', cold: true },
  'the default engine': { staff: 'default alone', workers: 0 },
} as const satisfies Readonly<Record<string, Partial<Play>>>

export type CalmWay = keyof typeof calmWays

/** Whatever is added to the scenarios, those that were there are played as before. */
const SEED = 1

export const calmPlay = (way: CalmWay, scenario: Scenario): Play => ({
  staff: 'evented',
  dispatch: 'local-first',
  cold: false,
  workers: 1,
  plan: noFaults,
  ...calmWays[way],
  seed: SEED,
  scenario,
  clientWorks: scenario.id.startsWith('durability.'),
})
