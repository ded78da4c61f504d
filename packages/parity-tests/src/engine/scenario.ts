import type { BehaviourId } from './behaviours/index.js'
import type { Stage } from './stage.js'

/** A piece of behaviour, played on an engine. The id is for ever. */
export interface Scenario {
  readonly id: string
  /** The sentences of the behaviour that it shows; the first is the one it is there for. */
  readonly shows: readonly [BehaviourId, ...BehaviourId[]]
  play(stage: Stage): Promise<void>
}

/** A scenario of somebody else, with a sentence of its own. */
export interface OwnScenario extends Omit<Scenario, 'shows'> {
  readonly states: string
}
