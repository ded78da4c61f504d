import { compareRecordedLogs } from '@wf/parity-tests'
import type { Case } from './arbitrary.ts'
import { isOrderFree } from './order-free.ts'
import { placesOf } from './places.ts'
import { type Place, playPlan, type RandomJudgement } from './play.ts'

/** What is wrong with a case. */
export interface Wrong {
  readonly where: string
  readonly why: string
  readonly violations: number
}

/** Plays a case in each of its worlds; what the two calm ones tell is compared as well. */
export async function playCase(
  seed: number,
  one: Case,
  told: (place: Place, judgement: RandomJudgement) => void,
): Promise<Wrong | undefined> {
  const calm: RandomJudgement[] = []
  for (const place of placesOf(seed, one)) {
    const judgement = await playPlan(one, place)
    told(place, judgement)
    const { verdict, why = '', violations } = judgement
    if (verdict !== 'passed') return { where: tellPlace(place), why, violations: Math.max(1, violations) }
    if (Object.keys(place.faults.rates).length === 0) calm.push(judgement)
  }
  const [first, second] = calm
  // In another order of what runs side by side another story may be told.
  if (!first || !second || !isOrderFree(one.plan) || calm.some(resumedAtOnce)) return undefined
  const compared = compareRecordedLogs(first.logs, second.logs)
  if (compared.equal) return undefined
  return { where: 'the calm engines beside each other', why: compared.difference, violations: 1 }
}

/** Of two resumes of one moment the second may come to a run that rests again already. */
const resumedAtOnce = ({ driven }: RandomJudgement): boolean =>
  driven?.moves.some((move) => move.do === 'resume both') === true

const tellPlace = ({ name, workers, dispatch, cold, faults }: Place): string =>
  `${name}, ${workers} workers, ${dispatch}${cold ? ', cold' : ''}, ${JSON.stringify(faults)}`
