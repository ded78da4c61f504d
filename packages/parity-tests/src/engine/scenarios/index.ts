import type { Scenario } from '../scenario.js'
import { sequenceScenarios } from './sequence.js'

/** Everything that engines are held to. */
export const scenarios: readonly Scenario[] = [...sequenceScenarios]
