import { type Scenario, scenarios } from '@wf/parity-tests'
import { noFaults } from '@wf/parity-tests/simulator'
import { type Play, playOf, playOne } from 'simulate/play-seed'
import type { PlayGroup } from './play-groups.ts'
import type { Proof } from './proof.ts'

/** A mutant that keeps something from coming is given up sooner than chance would have to be. */
const PATIENCE = 20_000

const calm = { staff: 'evented', dispatch: 'local-first', cold: false, workers: 1, plan: noFaults } as const

const ways: Readonly<Record<PlayGroup, (seed: number, scenario: Scenario) => Play>> = {
  'one calm process': set({}),
  'three calm processes that keep nothing': set({ workers: 3, dispatch: 'always-publish', cold: true }),
  'the default engine': set({ staff: 'default then evented' }),
  'faults of the first seeds': (seed) => playOf(seed),
  'faults of the second seeds': (seed) => playOf(seed + scenarios.length),
}

function set(setting: Partial<Play>): (seed: number, scenario: Scenario) => Play {
  return (seed, scenario) => {
    return { ...calm, ...setting, seed, scenario, clientWorks: scenario.id.startsWith('durability.') }
  }
}

export function playsOf(name: PlayGroup): readonly Proof[] {
  return scenarios.map((scenario, seed) => ({
    name: scenario.id,
    async run() {
      const { verdict, why } = await playOne({ ...ways[name](seed, scenario), patience: PATIENCE })
      if (verdict === 'failed') throw new Error(why)
    },
  }))
}
