import { type Scenario, scenarios } from '@wf/parity-tests'
import { Calls, calmPlay, recordedCalls, rowOf } from 'simulate/calls'
import { type Play, playOf, playOne } from 'simulate/play-seed'
import { withoutStacks } from 'simulate/without-stacks'
import type { PlayGroup } from './play-groups.ts'
import type { Proof } from './proof.ts'

/** A mutant that keeps something from coming is given up sooner than chance would have to be. */
const PATIENCE = 5_000

const ways: Readonly<Record<PlayGroup, (seed: number, scenario: Scenario) => Play>> = {
  'one calm process': (_, scenario) => calmPlay('one calm process', scenario),
  'three calm processes that keep nothing': (_, scenario) =>
    calmPlay('three calm processes that keep nothing', scenario),
  'the default engine': (_, scenario) => calmPlay('the default engine', scenario),
  'faults of the first seeds': (seed) => playOf(seed),
  'faults of the second seeds': (seed) => playOf(seed + scenarios.length),
}

/** Calm plays must also ask of their storage what was recorded, unless only what is asserted is to count. */
export function playsOf(name: PlayGroup, hearsCalls: boolean): readonly Proof[] {
  const recorded = hearsCalls ? recordedCalls() : new Map<string, string>()
  return scenarios.map((scenario, seed) => ({
    name: scenario.id,
    async run() {
      const calls = new Calls()
      const play = { ...ways[name](seed, scenario), patience: PATIENCE, calls }
      const { verdict, why } = await withoutStacks(() => playOne(play))
      if (verdict === 'failed') throw new Error(why)
      const before = recorded.get(rowOf(name, scenario))
      if (before !== undefined && calls.summary !== before) throw new Error(`asks for ${calls.summary}, not ${before}`)
    },
  }))
}
