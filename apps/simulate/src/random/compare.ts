import { createRandomStream, type RandomStream } from '@wf/parity-tests/simulator'
import type { Driven } from './drive.ts'
import { INPUT } from './drive.ts'
import { CANCEL, Interpretation } from './interpreter/interpretation.ts'
import type { Chance } from './interpreter/virtual-time.ts'
import { type Outcome, textOf } from './outcome.ts'
import type { Plan } from './plan.ts'

/** So many orders are tried before it is said that there is none in which this could have happened. */
const MOST_ORDERS = 2_000

export interface Expected {
  readonly outcomes: readonly Outcome[]
  readonly said: Interpretation['said']
  /** How many orders were tried. */
  readonly orders: number
}

/** What somebody saw of a run, and what is wrong with an order by what its bodies said of themselves. */
interface Seen {
  readonly driven: Driven
  readonly wrongIn: (said: Interpretation['said']) => string | undefined
}

/**
 * Finds an order of what runs side by side in which the plan comes to just this, by just these bodies; otherwise says what
 * is different. What one order has done and another has not need not show in the outcome: the value that is taken when two items
 * bail at one moment, say, where the run fails later.
 */
export async function expectedOf(
  plan: Plan,
  { driven, wrongIn }: Seen,
): Promise<Expected | { readonly difference: string }> {
  const orders = createRandomStream(`orders of ${textOf(plan.flow)}`)
  let nearest: readonly string[] | undefined
  let wrong: string | undefined
  for (let order = 0; order < MOST_ORDERS; order += 1) {
    const chance = order === 0 ? undefined : chanceOf(orders.split(String(order)), driven, order)
    const { outcomes, said, found } = await interpreted(plan, driven, chance)
    const other = found.length === 0 ? wrongIn(said) : undefined
    if (found.length === 0 && other === undefined) return { outcomes, said, orders: order + 1 }
    wrong ??= other
    if (!nearest || found.length < nearest.length) nearest = found
  }
  return { difference: wrong ?? nearest?.join('; ') ?? '' }
}

/** What the plan comes to in one order, and how that differs from what was seen. */
async function interpreted(plan: Plan, driven: Driven, chance: Chance | undefined) {
  const interpretation = new Interpretation(plan, chance)
  const outcomes = [await interpretation.start(INPUT)]
  for (const move of driven.moves) {
    if (differencesBetween(outcomes, driven.outcomes.slice(0, outcomes.length)).length > 0) break
    const outcome = await interpretation.move(move)
    if (!outcome) break
    outcomes.push(outcome)
  }
  return { outcomes, said: interpretation.said, found: differencesBetween(outcomes, driven.outcomes) }
}

/**
 * How long things take in one order. In every other one what has ended is quick and what has not is slow: those are orders
 * like any other, and one of them may well be what has happened.
 */
function chanceOf({ next }: RandomStream, { outcomes }: Driven, order: number): Chance {
  // Anything may be over before much else has begun.
  const some = (): number => Math.exp(SPREAD * next())
  if (order % 2 === 0) return some
  const steps = outcomes.at(-1)?.steps ?? {}
  return (id, what) => {
    if (id === CANCEL) return what === 'do' ? QUICK_ENOUGH : some() * QUICK
    const status = String(steps[id]?.status ?? (/^(parallel|branch|loop)/.test(id) ? 'success' : 'canceled'))
    // What was under way in the end may have ended a few times before: in a loop, or in another attempt.
    const isSlow = status === 'canceled' && (steps[id] ? what === 'do' && next() < 0.7 : true)
    return isSlow ? some() : some() * QUICK
  }
}

const SPREAD = 12
const QUICK = 1e-6
const QUICK_ENOUGH = 0.5

function differencesBetween(expected: readonly Outcome[], seen: readonly Outcome[]): readonly string[] {
  for (let rest = 0; rest < Math.max(expected.length, seen.length); rest += 1) {
    const [one, other] = [expected[rest], seen[rest]]
    const lacks = one ? 'the run has ended' : 'the interpreter has not come so far'
    const found = one && other ? differing(one, other) : [lacks]
    // What differs early weighs more than anything later.
    if (found.length > 0)
      return [...found.map((text) => `rest ${rest}: ${text}`), ...Array(10 * (seen.length - rest)).fill('…')]
  }
  return []
}

function differing(expected: Outcome, seen: Outcome): readonly string[] {
  const found: string[] = []
  const compare = (name: string, one: unknown, other: unknown): void => {
    const [should, is] = [textOf(one), textOf(other)]
    if (should !== is) found.push(`${name} should be ${should}, and is ${is}`)
  }
  const fields = new Set([...Object.keys(expected), ...Object.keys(seen)]) as ReadonlySet<keyof Outcome>
  for (const field of fields) if (field !== 'steps') compare(field, expected[field], seen[field])
  for (const id of new Set([...Object.keys(expected.steps), ...Object.keys(seen.steps)])) {
    compare(`the record of "${id}"`, expected.steps[id], seen.steps[id])
  }
  return found
}
