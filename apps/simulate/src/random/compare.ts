import type { RecordedRun } from '@wf/parity-tests'
import { createRandomStream, type RandomStream } from '@wf/parity-tests/simulator'
import { type Chance, withoutItems } from './chance.ts'
import type { Driven } from './drive.ts'
import { INPUT } from './drive.ts'
import { Interpretation } from './interpreter/interpretation.ts'
import { journalOrder } from './journal-order.ts'
import { type Outcome, textOf } from './outcome.ts'
import type { Plan } from './plan.ts'

/** So many orders are tried before it is said that there is none in which this could have happened. */
const MOST_ORDERS = 2_000

export interface Expected {
  /** How many orders were tried. */
  readonly orders: number
}

/** What a run came to, and how that is compared with what may be said of its bodies. */
export interface Happened {
  readonly driven: Driven
  readonly journal: RecordedRun | undefined
  /** What is wrong with the bodies that ran, and with what they wrote. */
  readonly wrongIn: (said: Interpretation['said']) => string | undefined
}

/** Finds an order of what runs side by side in which the plan comes to just this; otherwise says what is different. */
export async function expectedOf(plan: Plan, happened: Happened): Promise<Expected | { readonly difference: string }> {
  let nearest: readonly string[] | undefined
  let orders = 0
  for (const order of ordersOf(plan, happened)) {
    orders += 1
    const found = await differencesIn(new Interpretation(plan, order), happened)
    if (found.length === 0) return { orders }
    if (!nearest || found.length < nearest.length) nearest = found
  }
  return { difference: nearest?.join('; ') ?? '' }
}

/** First that in which it was recorded, then that which the plan names, then others. */
function* ordersOf(plan: Plan, { driven, journal }: Happened): Generator<Chance | undefined> {
  if (journal) yield journalOrder(journal.history)
  yield undefined
  const chance = createRandomStream(`orders of ${textOf(plan.flow)}`)
  for (let order = 2; order < MOST_ORDERS; order += 1) yield chanceOf(chance.split(String(order)), driven, order)
}

async function differencesIn(
  interpretation: Interpretation,
  { driven, wrongIn }: Happened,
): Promise<readonly string[]> {
  const outcomes = [await interpretation.start(INPUT)]
  for (const move of driven.moves) {
    if (differencesBetween(outcomes, driven.outcomes.slice(0, outcomes.length)).length > 0) break
    const outcome = await interpretation.move(move)
    if (!outcome) break
    outcomes.push(outcome)
  }
  const found = differencesBetween(outcomes, driven.outcomes)
  if (found.length > 0) return found
  const wrong = wrongIn(interpretation.said)
  return wrong === undefined ? [] : [wrong]
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
  return (at, what) => {
    if (what === 'abort') return QUICK_ENOUGH
    const id = withoutItems(at)
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
