import type { Scenario } from '../scenario.js'
import { parallelScenarios } from './parallel.js'
import { parallelSuspensionScenarios } from './parallel-suspension.js'
import { sequenceScenarios } from './sequence.js'

/** Everything that engines are held to. */
export const scenarios: readonly Scenario[] = [
  ...sequenceScenarios,
  ...parallelScenarios,
  ...parallelSuspensionScenarios,
]
