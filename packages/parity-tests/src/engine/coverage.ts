import { type BehaviourId, behaviours } from './behaviours/index.js'
import type { Scenario } from './scenario.js'

export interface UncoveredSentence {
  readonly id: BehaviourId
  readonly sentence: string
}

/** Sentences of the behaviour that no scenario shows. */
export function uncovered(scenarios: readonly Scenario[]): readonly UncoveredSentence[] {
  const shown = new Set(scenarios.flatMap(({ shows }) => shows))
  const ids = Object.keys(behaviours) as BehaviourId[]
  return ids.filter((id) => !shown.has(id)).map((id) => ({ id, sentence: behaviours[id] }))
}
