import type {
  CreateRunOptions,
  EventDeclaration,
  SendEventOptions,
  SentEvent,
  StartOptions,
  StepsOf,
  Workflow,
} from '@wf/core'
import type { CrashPoint, Planned } from './crash-points.js'
import type { Duration } from './duration.js'
import type { StepCall } from './step-call.js'
import type { TestRun } from './test-run.js'

/** Ids of steps; those in nested workflows by their path. */
export type StepPath<Owner extends Workflow> = StepsOf<Owner>['id'] | `${string}.${string}`

export type InputAt<Owner extends Workflow, Path> = [Extract<StepsOf<Owner>, { readonly id: Path }>] extends [never]
  ? unknown
  : Extract<StepsOf<Owner>, { readonly id: Path }>['input']

export type TestStart<Owner extends Workflow> = StartOptions<Owner> & Omit<CreateRunOptions, 'durability'>

/** A workflow in a test, with processes that play it and time that passes when it is told to. */
export interface WorkflowTest<Owner extends Workflow = Workflow> {
  /** Starts a run. Resolves, as all that follow, when everything has happened that needs no time. */
  start(options?: TestStart<Owner>): Promise<TestRun<Owner>>
  /** Lets time pass. */
  advance(duration: Duration): Promise<void>
  /** What time it is, in milliseconds since the epoch. */
  now(): number
  sendEvent<Event extends string | EventDeclaration>(event: SendEventOptions<Event>): Promise<SentEvent>
  /** Each time that the body of a step, or its mock, was called until now. */
  calls<Path extends StepPath<Owner>>(step: Path): readonly StepCall<InputAt<Owner, Path>>[]
  /** Lets a process die, once, when it comes to that point. */
  crash(point: CrashPoint): Planned
  /**
   * Lets the process that calls the body of a step next stand still until its lease is over and the step was given to another
   * one. What the first one comes to is too late.
   */
  redeliver(step: StepPath<Owner>): Planned
  /** All runs, also those that a schedule has started; the newest last. */
  runs(): Promise<readonly TestRun<Owner>[]>
}
