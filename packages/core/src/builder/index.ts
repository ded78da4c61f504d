export type { OnTimeout } from './awaited-event.js'
export { assertWorkflow, isStep, isWorkflow } from './committed.js'
export { createEvent, type EventDefinition } from './create-event.js'
export { cloneStep, createStep, type StepParams } from './create-step.js'
export { cloneWorkflow, createWorkflow } from './create-workflow.js'
export type { NodeOptions } from './draft.js'
export type { FlowBuilder, ParallelOptions } from './flow-builder.js'
export type { FlowEnd } from './flow-end.js'
export type { InputOf, OutputOf, RequestContextOf, ResumeDataOf, StateOf, StepsOf, SuspendDataOf } from './inference.js'
export { BAILED, type Interrupted, isInterrupted, SUSPENDED } from './interrupted.js'
export { consoleLogger, type Logger } from './logger.js'
export type { MapFunction, MapSource, MapSources } from './map-source.js'
export { mapVariable } from './map-variable.js'
export type { Condition, EventFunctions, LoopCondition, NodeFunctions } from './node-functions.js'
export { RequestContext } from './request-context.js'
export type { ScheduleTiming, WorkflowSchedule } from './schedule-config.js'
export type { Accepted, Parsed, Schema } from './schema.js'
export type { Services } from './services.js'
export type { Step, StepLike, StepRetry } from './step.js'
export type {
  ConcurrencyContext,
  ConditionContext,
  LoopContext,
  ResumeInfo,
  ResumingEvent,
  RunContext,
  SleepContext,
  StepContext,
  StepReference,
  StepWriter,
  SuspendOptions,
  TimeTravelInfo,
  TracingContext,
} from './step-context.js'
export type { StepFlowEntry } from './step-graph.js'
export type { StepResult, StepStatus, TripwireInfo } from './step-result.js'
export type { SchemaTypes, ShapeFrom, ShapeOf, StepShape } from './step-shape.js'
export type { PayloadOf, WaitOptions } from './wait-draft.js'
export type { Runnable, Workflow } from './workflow.js'
export type {
  ChunkMode,
  ConcurrencyLimit,
  Durability,
  EndCallbackContext,
  ErrorCallbackContext,
  LimitContext,
  RateLimit,
  RetryConfig,
  StartCallbackContext,
  WorkflowOptions,
  WorkflowParams,
} from './workflow-config.js'
export type { ResumeLabel, WorkflowResult } from './workflow-result.js'
