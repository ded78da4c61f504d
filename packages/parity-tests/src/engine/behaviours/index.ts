import { parallelBehaviours } from './parallel.js'
import { sequenceBehaviours } from './sequence.js'

/** What engines promise, sentence by sentence. Scenarios name the sentences that they show. */
export const behaviours = {
  ...sequenceBehaviours,
  ...parallelBehaviours,
} as const

export type BehaviourId = keyof typeof behaviours
