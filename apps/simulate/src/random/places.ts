import { createRandomStream, noFaults, planOf } from '@wf/parity-tests/simulator'
import { type Staff, staffs } from '../processes.ts'
import type { Case } from './arbitrary.ts'
import type { Place } from './play.ts'

/** In which worlds a case is played: calm ones of each engine, and one in which everything may go wrong. */
export function placesOf(seed: number, { kinds, times, isHeldBack }: Case): readonly Place[] {
  const chance = createRandomStream(`places ${seed}`)
  const oneOf = <Choice>(...choices: readonly Choice[]): Choice => choices[chance.below(choices.length)] as Choice
  const some = () => ({
    seed,
    dispatch: oneOf('local-first' as const, 'always-publish' as const),
    cold: chance.next() < 0.2,
    // Runs that are held back go on nowhere else.
    clientWorks: isHeldBack,
  })
  const staff: Staff = chance.next() < 0.6 ? 'evented' : oneOf(...staffs)
  return [
    { ...some(), name: 'default engine, calm', staff: 'evented', workers: 0, faults: noFaults },
    { ...some(), name: 'evented engine, calm', staff: 'evented', workers: oneOf(1, 4), faults: noFaults },
    {
      ...some(),
      name: `${staff}, disturbed`,
      staff,
      workers: staff === 'evented' ? oneOf(1, 2, 4) : 1,
      faults: planOf(kinds, times),
    },
  ]
}
