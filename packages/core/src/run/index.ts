export {
  type CloseOptions,
  type CreateRunOptions,
  createEngine,
  type DeleteOptions,
  type Engine,
  type RunFilter,
  type Runs,
} from './engine.js'
export { type Dispatch, type Durability, type EngineOptions, settingsOf } from './options.js'
export type { Reason, RunList, RunRow, RunSnapshot, Why } from './queries.js'
export { Run } from './run.js'
export type { GivenContext, ResumeOptions, StartOptions, StepTarget } from './start-options.js'
