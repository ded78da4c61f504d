import type { StepFlowEntry } from '../builder/step-graph.js'
import type { StepStatus, TripwireInfo } from '../builder/step-result.js'
import type { ResumeLabel } from '../builder/workflow-result.js'
import type { StepPaths } from '../driver/run-paths.js'
import type { RunRow } from './run-row.js'

/** What is recorded of a step; times are epoch milliseconds. What is not known yet is absent. */
export interface StepState {
  readonly status: StepStatus
  readonly payload: unknown
  readonly startedAt: number
  readonly endedAt?: number
  readonly output?: unknown
  readonly error?: Error
  readonly tripwire?: TripwireInfo
  readonly nonRetryable?: true
  readonly suspendPayload?: unknown
  readonly suspendOutput?: unknown
  readonly suspendedAt?: number
  readonly resumePayload?: unknown
  readonly resumedAt?: number
  readonly metadata?: { readonly iterationCount?: number }
}

/** One suspended step. `resume({ step, forEachIndex })` takes both as they are. */
export interface SuspensionInfo {
  readonly step: readonly string[]
  /** Of each foreach around it the item, from the outermost inwards. */
  readonly forEachIndex?: readonly number[]
  readonly labels: readonly string[]
  /** What it gave to `suspend`. */
  readonly payload: unknown
}

export interface EarlierEnd {
  readonly status: 'success' | 'failed' | 'canceled' | 'tripwire'
  readonly result?: unknown
  readonly error?: Error
  readonly tripwire?: TripwireInfo
  readonly endedAt: number
}

/** What can be told of a run besides its row. */
export interface StateMembers {
  /** The input of the run. */
  readonly payload: unknown
  /** Of a run that has succeeded. */
  readonly result?: unknown
  /** Of a run that has failed. */
  readonly error?: Error
  /** Of a run that a tripwire has ended. */
  readonly tripwire?: TripwireInfo
  /** How it had ended each time before it travelled on, oldest first; absent when it never did. */
  readonly earlier?: readonly EarlierEnd[]
  readonly initialState: Readonly<Record<string, unknown>>
  /** As it is now. */
  readonly state: Readonly<Record<string, unknown>>
  /** By id, those of nested workflows as `nested.step` and `nested[index].step`. Under `input` stands the run's input. */
  readonly steps: Readonly<Record<string, StepState>>
  /** Ids of the steps of the outermost sequence, in the order in which they were entered. */
  readonly stepExecutionPath: readonly string[]
  readonly activeStepsPath: StepPaths
  readonly suspendedPaths: StepPaths
  readonly waitingPaths: StepPaths
  /** Paths of ids to the suspended steps; `resume` takes them as they are. */
  readonly suspended: readonly (readonly string[])[]
  readonly resumeLabels: Readonly<Record<string, ResumeLabel>>
  readonly serializedStepGraph: readonly StepFlowEntry[]
  /** Each step that is suspended, also each item of a foreach. Told only where `fields` asks for it. */
  readonly suspensions: readonly SuspensionInfo[]
  /** Told only where `fields` asks for it. */
  readonly requestContext: Readonly<Record<string, unknown>>
}

interface RunIdentity extends RunRow {
  /** No storage has the run: it lives as long as this process. */
  readonly isFromInMemory?: true
}

export type StateMember = keyof StateMembers

/** Everything that `fields` may name. The row of a run is always told. */
export type StateField = StateMember | keyof RunIdentity

/** Told only where `fields` names it. */
export type NamedField = 'requestContext' | 'suspensions'

/** What is told where `fields` does not say. */
export type DefaultField = Exclude<StateMember, NamedField>

/** A run as `runs.get` tells it: its row, and the members that were asked for; without `fields` the default ones. */
export type WorkflowState<Field extends StateField = DefaultField> = RunIdentity &
  Pick<StateMembers, Extract<Field, StateMember>>
