import type { Claim, Figures, Source, Target } from './line.ts'
import { median, type Spread, spreadOf } from './spread.ts'

/** What the contestants measured in one round, by their names. */
export type Round = Readonly<Record<string, Figures>>

export interface Verdict extends Claim {
  /** One number for each round in which all that the claim is about was measured. */
  readonly rounds: readonly number[]
  readonly spread?: Spread
  /** Medians of the two sides of a ratio. */
  readonly sides?: readonly [number, number]
  readonly met?: boolean
}

/** Judges by the median over rounds; a ratio is taken within each round first. */
export function judge(claim: Claim, rounds: readonly Round[]): Verdict {
  const { value, over, target } = claim
  const values = rounds.map((round) => figureIn(round, value))
  const overs = over ? rounds.map((round) => figureIn(round, over)) : undefined
  const numbers = values.map((number, index) => (overs ? number / (overs[index] ?? Number.NaN) : number))
  const measured = numbers.filter(Number.isFinite)
  if (measured.length === 0) return { ...claim, rounds: measured }
  const spread = spreadOf(measured)
  return {
    ...claim,
    rounds: measured,
    spread,
    ...(overs && { sides: [median(values.filter(Number.isFinite)), median(overs.filter(Number.isFinite))] as const }),
    ...(target && { met: meets(spread.median, target) }),
  }
}

export function figureIn(round: Round, { of, figure }: Source): number {
  return round[of]?.[figure] ?? Number.NaN
}

function meets(number: number, target: Target): boolean {
  return 'atMost' in target ? number <= target.atMost : number >= target.atLeast
}
