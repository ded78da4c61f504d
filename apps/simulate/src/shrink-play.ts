import { type FaultKind, type FaultPlan, HEAL_AFTER, type Judgement, type Played } from '@wf/parity-tests/simulator'
import { type Play, playOne } from './play-seed.ts'

/** How long a play that fails is made smaller; of the first few only. */
export const SHRINK_MS = 60_000
export const MOST_SHRUNK = 5

export interface Shrinking {
  /** How long it may take. */
  readonly ms: number
  readonly now?: () => number
  readonly play?: (play: Play) => Promise<Failing>
}

export type Failing = Pick<Judgement, 'verdict' | 'why' | 'played' | 'tell'>

export interface Shrunk {
  readonly play: Play
  readonly judgement: Failing
  /** How many times something was left out. */
  readonly times: number
}

/**
 * The least of a play that fails: what is not needed for its scenario to fail is left out, one after the other, as long as it
 * still fails and there is time.
 */
export async function shrinkPlay(play: Play, judgement: Failing, given: Shrinking): Promise<Shrunk> {
  const { ms, now = () => performance.now(), play: playAgain = playOne } = given
  const until = now() + ms
  let shrunk: Shrunk = { play, judgement, times: 0 }
  for (let next: Shrunk | undefined = shrunk; next; ) {
    shrunk = next
    next = undefined
    for (const smaller of smallerThan(shrunk)) {
      if (now() >= until) return shrunk
      const again = await playAgain(smaller)
      if (again.verdict !== 'failed') continue
      next = { play: smaller, judgement: again, times: shrunk.times + 1 }
      break
    }
  }
  return shrunk
}

/** First what says most of the cause: which kinds of fault it takes, on how many processes; then how often, and how late. */
const smallerThan = ({ play, judgement }: Shrunk): readonly Play[] => [
  ...kindsOf(play).map((kind) => ({ ...play, plan: without(play.plan, kind) })),
  ...[1, 2].filter((fewer) => fewer < play.workers).map((workers) => ({ ...play, workers })),
  ...plainer(play),
  ...kindsOf(play).flatMap((kind) => rarer(play, kind, judgement.played)),
  ...earlier(play, judgement.played),
]

const kindsOf = ({ plan }: Play): readonly FaultKind[] => Object.keys(plan.rates) as FaultKind[]

const plainer = (play: Play): readonly Play[] => [
  ...(play.staff === 'evented' ? [] : [{ ...play, staff: 'evented' as const }]),
  ...(play.cold ? [{ ...play, cold: false }] : []),
  ...(play.dispatch === 'local-first' ? [] : [{ ...play, dispatch: 'local-first' as const }]),
]

/** By how much is left of how often something happened: once, half, nearly all. */
const parts = [0, 0.5, 0.9] as const

function rarer(play: Play, kind: FaultKind, { injected }: Played): readonly Play[] {
  const { plan } = play
  const times = Math.min(injected[kind] ?? 0, plan.most?.[kind] ?? Number.POSITIVE_INFINITY)
  const fewer = parts.map((part) => Math.max(1, Math.floor(times * part))).filter((most) => most < times)
  return fewer.map((most) => ({ ...play, plan: { ...plan, most: { ...plan.most, [kind]: most } } }))
}

function earlier(play: Play, { occurrences }: Played): readonly Play[] {
  const { plan } = play
  const last = Math.min(plan.healAfter ?? HEAL_AFTER, occurrences)
  const sooner = kindsOf(play).length === 0 ? [] : parts.map((part) => Math.max(1, Math.floor(last * part)))
  return sooner.filter((at) => at < last).map((healAfter) => ({ ...play, plan: { ...plan, healAfter } }))
}

function without({ rates, most = {}, ...others }: FaultPlan, kind: FaultKind): FaultPlan {
  const left = <Value>(all: Readonly<Partial<Record<FaultKind, Value>>>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name !== kind))
  return { ...others, rates: left(rates), most: left(most) }
}
