import { createRandomStream } from '@wf/parity-tests/simulator'
import type { Driven } from './drive.ts'
import { INPUT } from './drive.ts'
import { Interpretation } from './interpreter/interpretation.ts'
import { type Outcome, textOf } from './outcome.ts'
import type { Plan } from './plan.ts'

/** So many orders are tried before it is said that there is none in which this could have happened. */
const MOST_ORDERS = 300

export interface Expected {
  readonly outcomes: readonly Outcome[]
  readonly begins: Interpretation['begins']
  /** How many orders were tried. */
  readonly orders: number
}

/** Finds an order of what runs side by side in which the plan comes to just this; otherwise says what is different. */
export async function expectedOf(plan: Plan, driven: Driven): Promise<Expected | { readonly difference: string }> {
  const orders = createRandomStream(`orders of ${textOf(plan.flow)}`)
  let difference = ''
  for (let order = 0; order < MOST_ORDERS; order += 1) {
    const interpretation = new Interpretation(plan, order === 0 ? undefined : orders.split(String(order)).next)
    const outcomes = [await interpretation.start(INPUT)]
    for (const move of driven.moves) {
      if (differenceBetween(outcomes, driven.outcomes.slice(0, outcomes.length))) break
      const outcome = await interpretation.move(move)
      if (!outcome) break
      outcomes.push(outcome)
    }
    const found = differenceBetween(outcomes, driven.outcomes)
    if (found === undefined) return { outcomes, begins: interpretation.begins, orders: order + 1 }
    if (order === 0) difference = found
  }
  return { difference }
}

function differenceBetween(expected: readonly Outcome[], seen: readonly Outcome[]): string | undefined {
  for (let rest = 0; rest < Math.max(expected.length, seen.length); rest += 1) {
    const [one, other] = [expected[rest], seen[rest]]
    if (!one || !other)
      return `rest ${rest}: ${one ? 'the run has ended' : 'the interpreter has nothing to resume there'}`
    const found = differing(one, other)
    if (found) return `rest ${rest}: ${found}`
  }
  return undefined
}

function differing(expected: Outcome, seen: Outcome): string | undefined {
  const fields = [...new Set([...Object.keys(expected), ...Object.keys(seen)])] as (keyof Outcome)[]
  for (const field of fields) {
    if (field === 'steps') continue
    const [one, other] = [textOf(expected[field]), textOf(seen[field])]
    if (one !== other) return `${field} should be ${one}, and is ${other}`
  }
  for (const id of new Set([...Object.keys(expected.steps), ...Object.keys(seen.steps)])) {
    const [one, other] = [textOf(expected.steps[id]), textOf(seen.steps[id])]
    if (one !== other) return `the record of "${id}" should be ${one}, and is ${other}`
  }
  return undefined
}
