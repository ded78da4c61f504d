export { checkFields, count, type FieldRules, isRecord, positiveCount, required } from '../builder/fields.js'
export type { Dispatch, News, RunHere } from '../driver/dispatch.js'
export type { DriverSettings } from '../driver/driver.js'
export type { FlowEvent, FlowName } from '../driver/flow.js'
export type { ResolveSecret, SecretAsker, SecretsInValues } from '../driver/given-secrets.js'
export type { LiveChunk } from '../driver/live-chunk.js'
export type { StepPaths } from '../driver/run-paths.js'
export type * from '../driver/stream-event.js'
export type { SentEvent } from '../mailbox/index.js'
export type { CatchUp, Overlap, ScheduleSpec, SkipReason } from '../schedule/machine/event.js'
export type { Schedule, ScheduleOutcome, ScheduleValue } from '../schedule/schedule.js'
export type { ScheduleOptions } from '../schedule/schedule-options.js'
export type { ScheduleFilter, ScheduleList, Schedules } from '../schedule/schedules.js'
export type { CloseOptions, CreateRunOptions, DeleteOptions, Engine, Runs } from './engine.js'
export type { GetOptions } from './get-run.js'
export type { FactPlace, History, HistoryEntry, WhyNot } from './history.js'
export type { RunList } from './list-runs.js'
export type { ObserveOptions } from './observe.js'
export type { EngineOptions } from './options.js'
export type { Retention } from './retention.js'
export type { Run } from './run.js'
export type { RunFilter } from './run-filter.js'
export type { WorkflowRunOutput } from './run-output.js'
export type { RunRow } from './run-row.js'
export type { RunStatus } from './run-status.js'
export type { RunsOf, WorkflowStateOf } from './runs-of.js'
export type { EventDeclaration, SendEventOptions } from './send-event.js'
export { type ServerSentEventsOptions, toServerSentEvents } from './server-sent-events.js'
export type {
  AddedContext,
  GivenContext,
  RestartOptions,
  ResumeOptions,
  StartOptions,
  StepTarget,
  StreamOptions,
} from './start-options.js'
export type { GivenResult, TimeTravelOptions } from './time-travel-options.js'
export type { Reason, Why } from './why-run.js'
export type { StopOptions, TickOptions, Worker, WorkOptions } from './work.js'
export type {
  DefaultField,
  EarlierEnd,
  StateField,
  StateMembers,
  StepState,
  SuspensionInfo,
  WorkflowState,
} from './workflow-state.js'
