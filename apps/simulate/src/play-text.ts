import { scenarios } from '@wf/parity-tests'
import { type FaultPlan, faultKinds } from '@wf/parity-tests/simulator'
import type { Play } from './play-seed.ts'
import { staffs } from './processes.ts'

/** A play as a command line has it: all that decides it, so that it is the same whatever else a seed decides one day. */
export const textOfPlay = ({ scenario, ...play }: Play): string => JSON.stringify({ scenario: scenario.id, ...play })

type Given = Readonly<Record<string, unknown>>

/** Reads what `textOfPlay` wrote; whatever else it is given is refused with the field that is wrong. */
export function playIn(text: string): Play {
  const given = objectIn(parsed(text), '--play')
  const { scenario: id, seed, workers, patience } = given
  const scenario = scenarios.find((one) => one.id === id)
  if (!scenario) throw new TypeError(`--play: no scenario is called ${JSON.stringify(id)}; name one in "scenario"`)
  return {
    seed: countIn(seed, 'seed'),
    scenario,
    staff: oneOf(staffs, given.staff, 'staff'),
    dispatch: oneOf(['local-first', 'always-publish'] as const, given.dispatch, 'dispatch'),
    cold: oneOf([true, false], given.cold, 'cold'),
    clientWorks: oneOf([true, false], given.clientWorks, 'clientWorks'),
    workers: countIn(workers, 'workers'),
    plan: planIn(given.plan),
    ...(patience !== undefined && { patience: countIn(patience, 'patience') }),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TypeError('--play is not JSON; copy the line that a failure shows, with its quotes')
  }
}

function objectIn(given: unknown, where: string): Given {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Given
  throw new TypeError(`${where} must be an object, not ${JSON.stringify(given)}`)
}

function countIn(given: unknown, field: string): number {
  if (Number.isSafeInteger(given) && Number(given) >= 0) return Number(given)
  throw new TypeError(`--play: "${field}" must be a whole number, not ${JSON.stringify(given)}`)
}

function oneOf<Choice>(choices: readonly Choice[], given: unknown, field: string): Choice {
  const chosen = choices.find((choice) => choice === given)
  if (chosen !== undefined) return chosen
  const all = choices.map((choice) => JSON.stringify(choice)).join(', ')
  throw new TypeError(`--play: "${field}" must be one of ${all}, not ${JSON.stringify(given)}`)
}

function planIn(given: unknown): FaultPlan {
  const plan = objectIn(given, '--play: "plan"')
  for (const field of [plan.rates, plan.most ?? {}]) {
    for (const [kind, value] of Object.entries(objectIn(field, '--play: "rates" and "most" of "plan"'))) {
      oneOf(faultKinds, kind, 'plan')
      if (typeof value !== 'number' || value < 0)
        throw new TypeError(`--play: "${kind}" in "plan" must be a number from 0, not ${JSON.stringify(value)}`)
    }
  }
  return plan as unknown as FaultPlan
}
