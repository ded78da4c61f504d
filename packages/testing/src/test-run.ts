import type { ResumeOptions, TimeTravelOptions, Why, Workflow, WorkflowResult } from '@wf/core'

/** A run in a test. What it says of itself is as new as the last thing that the test has waited for. */
export interface TestRun<Owner extends Workflow = Workflow> {
  readonly runId: string
  readonly status: string
  /** What the run waits for, in words and as data. */
  readonly why: Why
  /** How it came to rest. Throws while it is under way, and says what it waits for. */
  readonly result: WorkflowResult<Owner>
  /** Resolves, as all that follow, when everything has happened that needs no time. */
  resume(options?: ResumeOptions<unknown, Owner>): Promise<void>
  cancel(): Promise<void>
  timeTravel(options: TimeTravelOptions<Owner>): Promise<void>
  /** Lets time pass until the run has ended, is suspended or paused. */
  settle(): Promise<WorkflowResult<Owner>>
}
