import {
  createRandomStream,
  type FaultKind,
  type FaultPlan,
  faultKinds,
  losingKinds,
  mixedPlan,
  noFaults,
  planOf,
} from '@wf/parity-tests/simulator'
import { staffs } from '../processes.ts'
import type { Place } from './play.ts'

/** In which worlds the plan of a seed is played: calm ones of each engine, and one in which everything may go wrong. */
export function placesOf(seed: number): { readonly alone: Place; readonly evented: Place; readonly disturbed: Place } {
  const chance = createRandomStream(`places ${seed}`)
  const oneOf = <Choice>(...choices: readonly Choice[]): Choice => choices[chance.below(choices.length)] as Choice
  const calm = { seed, faults: noFaults, staff: 'evented', cold: false, clientWorks: false } as const
  const staff = chance.next() < 0.6 ? 'evented' : oneOf(...staffs)
  const kinds = faultKinds.filter((): boolean => chance.next() < 0.3)
  return {
    alone: { ...calm, name: 'default engine, calm', workers: 0, dispatch: 'local-first' },
    evented: {
      ...calm,
      name: 'evented engine, calm',
      workers: oneOf(1, 4),
      dispatch: oneOf('local-first', 'always-publish'),
      cold: chance.next() < 0.2,
    },
    disturbed: {
      name: `${staff}, disturbed`,
      seed,
      staff,
      dispatch: oneOf('local-first', 'always-publish'),
      cold: chance.next() < 0.2,
      clientWorks: false,
      workers: staff === 'evented' ? oneOf(1, 2, 4) : 1,
      faults: faultsOf(kinds, oneOf('all', 'losing', 'some', 'some')),
    },
  }
}

function faultsOf(kinds: readonly FaultKind[], which: string): FaultPlan {
  if (which === 'all') return mixedPlan
  return which === 'losing' ? planOf(losingKinds, 3) : planOf(kinds, 2)
}
