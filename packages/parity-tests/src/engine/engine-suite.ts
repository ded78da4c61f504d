import type { FaultCount } from '../faults/fault.js'
import { createSuite, type Suite } from '../suite/create-suite.js'
import type { KnownGap, Rule } from '../suite/rule.js'
import { behaviours } from './behaviours/index.js'
import type { OwnScenario, Scenario } from './scenario.js'
import { scenarios } from './scenarios/index.js'
import { type Stage, type StageParts, withStage } from './stage.js'

/** The release in which the scenarios of this version first appeared. */
const SINCE = '0.1.0'

export interface EngineSuiteOptions extends StageParts {
  /** What is tested, as the report names it. */
  readonly name: string
  readonly knownGaps?: readonly KnownGap[]
  /** Play only these. Default: all there are. */
  readonly scenarios?: readonly (Scenario | OwnScenario)[]
  /** What the faulty adapters below the engines have counted: with it, a suite in which no fault was injected fails. */
  readonly faults?: () => readonly FaultCount[]
}

const ruleOf = (scenario: Scenario | OwnScenario): Rule<Stage> => ({
  id: scenario.id,
  states: 'states' in scenario ? scenario.states : scenario.shows.map((sentence) => behaviours[sentence]).join(' '),
  since: SINCE,
  check: (stage) => scenario.play(stage),
})

/** All scenarios on one engine, with or without a storage. */
export function engineSuite(options: EngineSuiteOptions): Suite {
  const { name, knownGaps, faults, ...parts } = options
  return createSuite({
    suite: 'engine',
    contract: 1,
    subject: name,
    rules: (options.scenarios ?? scenarios).map(ruleOf),
    knownGaps,
    faults,
    around: (check) => withStage(parts, check),
  })
}
