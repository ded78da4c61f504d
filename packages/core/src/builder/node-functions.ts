import type { Schema } from './schema.js'
import type { Step } from './step.js'
import type { ConcurrencyContext, ConditionContext, LoopContext, SleepContext, StepContext } from './step-context.js'
import type { Workflow } from './workflow.js'

export type Condition = (context: ConditionContext) => boolean | Promise<boolean>
export type LoopCondition = (context: LoopContext) => boolean | Promise<boolean>

/** What is known of an event beside its name. */
export interface EventFunctions {
  readonly key?: (context: SleepContext) => string | Promise<string>
  readonly schema?: Schema
}

/** The code behind one place of a graph. Which of these a place has follows from its node. */
export interface NodeFunctions {
  readonly step?: Step
  readonly workflow?: Workflow
  readonly map?: (context: StepContext) => unknown
  readonly duration?: (context: SleepContext) => number | Promise<number>
  readonly date?: (context: SleepContext) => Date | Promise<Date>
  readonly awaits?: EventFunctions
  /** Of a loop. */
  readonly condition?: LoopCondition
  /** Of a branch, by the index of the member. */
  readonly conditions?: readonly Condition[]
  readonly concurrency?: (context: ConcurrencyContext) => number | Promise<number>
}
