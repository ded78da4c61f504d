import { bailBehaviours } from './bail.js'
import { branchBehaviours } from './branch.js'
import { callbackBehaviours } from './callback.js'
import { cancelBehaviours } from './cancel.js'
import { carriedContextBehaviours } from './carried-context.js'
import { cloneBehaviours } from './clone.js'
import { composedBehaviours } from './composed.js'
import { contextBehaviours } from './context.js'
import { dataflowBehaviours } from './dataflow.js'
import { definitionBehaviours } from './definition.js'
import { durabilityBehaviours } from './durability.js'
import { errorBehaviours } from './error.js'
import { eventBehaviours } from './event.js'
import { flowBehaviours } from './flow.js'
import { foreachBehaviours } from './foreach.js'
import { graphChangeBehaviours } from './graph-change.js'
import { hostileBehaviours } from './hostile.js'
import { idBehaviours } from './ids.js'
import { innerBehaviours } from './inner.js'
import { keyBehaviours } from './key.js'
import { laterBehaviours } from './later.js'
import { limitBehaviours } from './limit.js'
import { loopBehaviours } from './loop.js'
import { mapBehaviours } from './map.js'
import { offloadBehaviours } from './offload.js'
import { parallelBehaviours } from './parallel.js'
import { queryBehaviours } from './query.js'
import { recoveryBehaviours } from './recovery.js'
import { redactBehaviours } from './redact.js'
import { resultBehaviours } from './result.js'
import { resumeBehaviours } from './resume.js'
import { retentionBehaviours } from './retention.js'
import { retryBehaviours } from './retry.js'
import { scheduleBehaviours } from './schedule.js'
import { secretBehaviours } from './secret.js'
import { sequenceBehaviours } from './sequence.js'
import { sharedStateBehaviours } from './shared-state.js'
import { sleepBehaviours } from './sleep.js'
import { startBehaviours } from './start.js'
import { stepByStepBehaviours } from './step-by-step.js'
import { streamBehaviours } from './stream.js'
import { suspendBehaviours } from './suspend.js'
import { timeTravelBehaviours } from './time-travel.js'
import { timeoutBehaviours } from './timeout.js'
import { validationBehaviours } from './validation.js'
import { valueBehaviours } from './value.js'

/** What engines promise, sentence by sentence. Scenarios name the sentences that they show. */
export const behaviours = {
  ...foreachBehaviours,
  ...sequenceBehaviours,
  ...parallelBehaviours,
  ...branchBehaviours,
  ...loopBehaviours,
  ...suspendBehaviours,
  ...validationBehaviours,
  ...mapBehaviours,
  ...bailBehaviours,
  ...sleepBehaviours,
  ...eventBehaviours,
  ...errorBehaviours,
  ...resumeBehaviours,
  ...flowBehaviours,
  ...startBehaviours,
  ...valueBehaviours,
  ...cancelBehaviours,
  ...contextBehaviours,
  ...retryBehaviours,
  ...timeoutBehaviours,
  ...stepByStepBehaviours,
  ...timeTravelBehaviours,
  ...callbackBehaviours,
  ...innerBehaviours,
  ...sharedStateBehaviours,
  ...recoveryBehaviours,
  ...carriedContextBehaviours,
  ...dataflowBehaviours,
  ...queryBehaviours,
  ...cloneBehaviours,
  ...idBehaviours,
  ...hostileBehaviours,
  ...offloadBehaviours,
  ...keyBehaviours,
  ...durabilityBehaviours,
  ...retentionBehaviours,
  ...graphChangeBehaviours,
  ...laterBehaviours,
  ...scheduleBehaviours,
  ...limitBehaviours,
  ...resultBehaviours,
  ...definitionBehaviours,
  ...composedBehaviours,
  ...streamBehaviours,
  ...secretBehaviours,
  ...redactBehaviours,
} as const

export type BehaviourId = keyof typeof behaviours
