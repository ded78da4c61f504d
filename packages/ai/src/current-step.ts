import { AsyncLocalStorage } from 'node:async_hooks'
import type { StepContext } from '@wf/core'

/** What a tool may know of the step that it is called in. */
export type CurrentStep = Pick<
  StepContext,
  | 'runId'
  | 'workflowId'
  | 'resourceId'
  | 'path'
  | 'state'
  | 'setState'
  | 'requestContext'
  | 'services'
  | 'secret'
  | 'writer'
  | 'abortSignal'
  | 'retryCount'
  | 'idempotencyKey'
  | 'attemptKey'
>

const steps = new AsyncLocalStorage<CurrentStep>()

/**
 * The step in which this code runs: for tools of agents, tools that are steps, and all that they call. `undefined`
 * outside of steps of this package.
 */
export const currentStep = (): CurrentStep | undefined => steps.getStore()

export const withinStep = <Result>(step: CurrentStep, run: () => Result): Result => steps.run(step, run)
