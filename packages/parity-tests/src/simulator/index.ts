export { DueMoments } from './due-moments.js'
export type { Strike } from './fault-dice.js'
export {
  type FaultKind,
  type FaultPlan,
  faultKinds,
  HEAL_AFTER,
  harmlessKinds,
  losingKinds,
  mixedPlan,
  noFaults,
  planOf,
} from './fault-plan.js'
export { type Judgement, playJudged } from './judged-play.js'
export type { CreateProcess, GroupParts } from './process-group.js'
export { createRandomStream, type RandomStream } from './random-stream.js'
export { type Played, playSimulated, type SimulatedStageParts, withSimulatedStage } from './simulated-stage.js'
export { NEVER_MS, sweepWhenDue } from './sweep-when-due.js'
export type { Trace } from './trace.js'
export type { ProcessOptions, VirtualProcess } from './virtual-process.js'
export { createWorld, type World, type WorldOptions } from './world.js'
