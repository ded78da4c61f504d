import type { Scenario } from '../scenario.js'
import { bailScenarios } from './bail.js'
import { bailForeachScenarios } from './bail-foreach.js'
import { bailNestedScenarios } from './bail-nested.js'
import { branchScenarios } from './branch.js'
import { branchConditionsScenarios } from './branch-conditions.js'
import { branchSuspensionScenarios } from './branch-suspension.js'
import { callbackEndScenarios } from './callback-end.js'
import { callbackNestedScenarios } from './callback-nested.js'
import { callbackStartScenarios } from './callback-start.js'
import { cancelScenarios } from './cancel.js'
import { cancelPlaceScenarios } from './cancel-places.js'
import { carriedContextScenarios } from './carried-context.js'
import { carriedContextPlaceScenarios } from './carried-context-places.js'
import { cloneScenarios } from './clone.js'
import { composedScenarios } from './composed.js'
import { contextFieldScenarios } from './context-fields.js'
import { contextKeyScenarios } from './context-keys.js'
import { contextRequestScenarios } from './context-request.js'
import { contextSchemaScenarios } from './context-schema.js'
import { contextSurroundingScenarios } from './context-surroundings.js'
import { dataflowScenarios } from './dataflow.js'
import { definitionScenarios } from './definition.js'
import { durabilityScenarios } from './durability.js'
import { durabilityExitScenarios } from './durability-exit.js'
import { errorEndScenarios } from './error-ends.js'
import { errorShapeScenarios } from './error-shape.js'
import { eventScenarios } from './event.js'
import { eventSuspendedScenarios } from './event-suspended.js'
import { eventTimeScenarios } from './event-time.js'
import { flowScenarios } from './flow.js'
import { flowItemsScenarios } from './flow-items.js'
import { flowSuspensionScenarios } from './flow-suspension.js'
import { foreachScenarios } from './foreach.js'
import { foreachBlockScenarios } from './foreach-blocks.js'
import { foreachFailureScenarios } from './foreach-failure.js'
import { foreachLostScenarios } from './foreach-lost.js'
import { foreachNestedScenarios } from './foreach-nested.js'
import { foreachResumeScenarios } from './foreach-resume.js'
import { foreachSuspensionScenarios } from './foreach-suspension.js'
import { functionScenarios } from './functions.js'
import { graphChangeScenarios } from './graph-change.js'
import { graphChangeEndedScenarios } from './graph-change-ended.js'
import { graphChangeRefusedScenarios } from './graph-change-refused.js'
import { graphChangeWorkScenarios } from './graph-change-work.js'
import { hostileBodyScenarios } from './hostile-bodies.js'
import { hostileCallScenarios } from './hostile-calls.js'
import { hostileThrownScenarios } from './hostile-thrown.js'
import { idScenarios } from './ids.js'
import { innerScenarios } from './inner.js'
import { innerPlaceScenarios } from './inner-places.js'
import { innerResumedScenarios } from './inner-resumed.js'
import { innerSuspensionScenarios } from './inner-suspension.js'
import { keyScenarios } from './key.js'
import { laterScenarios } from './later.js'
import { limitScenarios } from './limit.js'
import { limitLostScenarios } from './limit-lost.js'
import { limitOrderScenarios } from './limit-order.js'
import { limitRateScenarios } from './limit-rate.js'
import { loopScenarios } from './loop.js'
import { loopBodyScenarios } from './loop-body.js'
import { loopSuspensionScenarios } from './loop-suspension.js'
import { mapScenarios } from './map.js'
import { mapOutcomeScenarios } from './map-outcome.js'
import { mapTemplateScenarios } from './map-template.js'
import { offloadScenarios } from './offload.js'
import { parallelScenarios } from './parallel.js'
import { parallelRestartScenarios } from './parallel-restart.js'
import { parallelSuspensionScenarios } from './parallel-suspension.js'
import { queryFieldsScenarios } from './query-fields.js'
import { queryGetScenarios } from './query-get.js'
import { queryHistoryScenarios } from './query-history.js'
import { queryListScenarios } from './query-list.js'
import { queryOwnerScenarios } from './query-owner.js'
import { queryPagesScenarios } from './query-pages.js'
import { queryPathsScenarios } from './query-paths.js'
import { queryWhyScenarios } from './query-why.js'
import { queryWhyMoreScenarios } from './query-why-more.js'
import { recoveryScenarios } from './recovery.js'
import { recoveryCloseScenarios } from './recovery-close.js'
import { recoveryClosePlaceScenarios } from './recovery-close-places.js'
import { recoveryCrashScenarios } from './recovery-crash.js'
import { recoveryPoisonScenarios } from './recovery-poison.js'
import { recoveryRaceScenarios } from './recovery-races.js'
import { recoveryRestartScenarios } from './recovery-restart.js'
import { recoveryWorkScenarios } from './recovery-work.js'
import { redactScenarios } from './redact.js'
import { resultScenarios } from './result.js'
import { resumeDataScenarios } from './resume-data.js'
import { resumeRaceScenarios } from './resume-races.js'
import { resumeRefusalScenarios } from './resume-refusals.js'
import { resumeTargetScenarios } from './resume-targets.js'
import { retentionScenarios } from './retention.js'
import { retryCourseScenarios } from './retry-course.js'
import { retryPolicyScenarios } from './retry-policy.js'
import { scheduleScenarios } from './schedule.js'
import { scheduleCallScenarios } from './schedule-calls.js'
import { scheduleCronScenarios } from './schedule-cron.js'
import { scheduleDeclaredScenarios } from './schedule-declared.js'
import { scheduleMissedScenarios } from './schedule-missed.js'
import { scheduleOverlapScenarios } from './schedule-overlap.js'
import { scheduleProcessScenarios } from './schedule-processes.js'
import { scheduleRefusalScenarios } from './schedule-refusals.js'
import { secretScenarios } from './secret.js'
import { secretValueScenarios } from './secret-values.js'
import { sequenceScenarios } from './sequence.js'
import { sequenceMoreScenarios } from './sequence-more.js'
import { sharedStateScenarios } from './shared-state.js'
import { sharedStateBlockScenarios } from './shared-state-blocks.js'
import { sharedStateDepthScenarios } from './shared-state-depth.js'
import { sleepScenarios } from './sleep.js'
import { sleepMeanwhileScenarios } from './sleep-meanwhile.js'
import { startScenarios } from './start.js'
import { startRefusalScenarios } from './start-refusals.js'
import { stepByStepScenarios } from './step-by-step.js'
import { stepByStepResumeScenarios } from './step-by-step-resumes.js'
import { streamScenarios } from './stream.js'
import { streamBlockScenarios } from './stream-blocks.js'
import { streamChunkScenarios } from './stream-chunks.js'
import { streamLiveScenarios } from './stream-live.js'
import { streamReaderScenarios } from './stream-readers.js'
import { subSecondScenarios } from './sub-second.js'
import { suspendScenarios } from './suspend.js'
import { suspendCallScenarios } from './suspend-calls.js'
import { suspendDetailScenarios } from './suspend-details.js'
import { timeTravelScenarios } from './time-travel.js'
import { timeTravelDataScenarios } from './time-travel-data.js'
import { timeTravelGivenScenarios } from './time-travel-given.js'
import { timeTravelNestedScenarios } from './time-travel-nested.js'
import { timeTravelPlaceScenarios } from './time-travel-places.js'
import { timeTravelRefusalScenarios } from './time-travel-refusals.js'
import { timeoutRunScenarios } from './timeout-run.js'
import { timeoutStepScenarios } from './timeout-step.js'
import { tripwireScenarios } from './tripwire.js'
import { validationCallScenarios } from './validation-call.js'
import { validationOptionsScenarios } from './validation-options.js'
import { validationStepScenarios } from './validation-step.js'
import { validationTextScenarios } from './validation-texts.js'
import { valueCopyScenarios } from './value-copies.js'
import { valueCrossingScenarios } from './value-crossing.js'

/** Everything that engines are held to. */
export const scenarios: readonly Scenario[] = [
  ...sequenceScenarios,
  ...parallelScenarios,
  ...parallelSuspensionScenarios,
  ...branchScenarios,
  ...branchSuspensionScenarios,
  ...loopScenarios,
  ...loopSuspensionScenarios,
  ...suspendScenarios,
  ...suspendDetailScenarios,
  ...validationCallScenarios,
  ...validationStepScenarios,
  ...validationOptionsScenarios,
  ...mapScenarios,
  ...mapTemplateScenarios,
  ...mapOutcomeScenarios,
  ...parallelRestartScenarios,
  ...bailScenarios,
  ...bailForeachScenarios,
  ...sleepScenarios,
  ...eventScenarios,
  ...eventTimeScenarios,
  ...eventSuspendedScenarios,
  ...sleepMeanwhileScenarios,
  ...errorShapeScenarios,
  ...errorEndScenarios,
  ...resumeTargetScenarios,
  ...resumeRefusalScenarios,
  ...resumeDataScenarios,
  ...resumeRaceScenarios,
  ...flowScenarios,
  ...flowSuspensionScenarios,
  ...startScenarios,
  ...startRefusalScenarios,
  ...valueCrossingScenarios,
  ...valueCopyScenarios,
  ...bailNestedScenarios,
  ...flowItemsScenarios,
  ...loopBodyScenarios,
  ...branchConditionsScenarios,
  ...cancelScenarios,
  ...cancelPlaceScenarios,
  ...contextFieldScenarios,
  ...contextKeyScenarios,
  ...contextSurroundingScenarios,
  ...contextRequestScenarios,
  ...retryPolicyScenarios,
  ...retryCourseScenarios,
  ...timeoutStepScenarios,
  ...timeoutRunScenarios,
  ...stepByStepScenarios,
  ...stepByStepResumeScenarios,
  ...timeTravelScenarios,
  ...timeTravelPlaceScenarios,
  ...timeTravelNestedScenarios,
  ...timeTravelDataScenarios,
  ...timeTravelRefusalScenarios,
  ...timeTravelGivenScenarios,
  ...foreachScenarios,
  ...callbackStartScenarios,
  ...callbackEndScenarios,
  ...callbackNestedScenarios,
  ...innerScenarios,
  ...innerPlaceScenarios,
  ...sharedStateScenarios,
  ...sharedStateBlockScenarios,
  ...recoveryScenarios,
  ...recoveryRaceScenarios,
  ...recoveryPoisonScenarios,
  ...recoveryCloseScenarios,
  ...recoveryClosePlaceScenarios,
  ...recoveryCrashScenarios,
  ...recoveryRestartScenarios,
  ...recoveryWorkScenarios,
  ...carriedContextScenarios,
  ...innerResumedScenarios,
  ...innerSuspensionScenarios,
  ...sequenceMoreScenarios,
  ...dataflowScenarios,
  ...foreachFailureScenarios,
  ...foreachResumeScenarios,
  ...foreachSuspensionScenarios,
  ...foreachNestedScenarios,
  ...foreachLostScenarios,
  ...queryFieldsScenarios,
  ...queryGetScenarios,
  ...queryHistoryScenarios,
  ...queryListScenarios,
  ...queryOwnerScenarios,
  ...queryPagesScenarios,
  ...queryPathsScenarios,
  ...queryWhyMoreScenarios,
  ...queryWhyScenarios,
  ...foreachBlockScenarios,
  ...cloneScenarios,
  ...idScenarios,
  ...hostileCallScenarios,
  ...hostileBodyScenarios,
  ...hostileThrownScenarios,
  ...offloadScenarios,
  ...keyScenarios,
  ...durabilityScenarios,
  ...durabilityExitScenarios,
  ...retentionScenarios,
  ...graphChangeScenarios,
  ...graphChangeRefusedScenarios,
  ...graphChangeEndedScenarios,
  ...graphChangeWorkScenarios,
  ...laterScenarios,
  ...scheduleScenarios,
  ...scheduleCallScenarios,
  ...scheduleCronScenarios,
  ...scheduleDeclaredScenarios,
  ...scheduleOverlapScenarios,
  ...scheduleMissedScenarios,
  ...scheduleProcessScenarios,
  ...scheduleRefusalScenarios,
  ...limitScenarios,
  ...limitOrderScenarios,
  ...limitRateScenarios,
  ...limitLostScenarios,
  ...sharedStateDepthScenarios,
  ...carriedContextPlaceScenarios,
  ...resultScenarios,
  ...functionScenarios,
  ...suspendCallScenarios,
  ...tripwireScenarios,
  ...validationTextScenarios,
  ...definitionScenarios,
  ...subSecondScenarios,
  ...composedScenarios,
  ...streamScenarios,
  ...streamBlockScenarios,
  ...streamChunkScenarios,
  ...streamLiveScenarios,
  ...streamReaderScenarios,
  ...secretScenarios,
  ...secretValueScenarios,
  ...redactScenarios,
  ...contextSchemaScenarios,
]
