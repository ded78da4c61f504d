import { createStep, createWorkflow, type RetryConfig, type StepContext, type WorkflowOptions } from '@wf/core'
import { any } from '../../schemas.js'

/** A step that takes and gives anything, for scenarios in which types play no part. */
export const step = <const Id extends string>(
  id: Id,
  execute: (context: StepContext) => unknown,
  options: { readonly retries?: number } = {},
) => createStep({ id, inputSchema: any(), outputSchema: any(), execute, ...options })

/** A workflow that takes and gives anything. */
export const workflow = <const Id extends string>(
  id: Id,
  config: { readonly retryConfig?: RetryConfig; readonly options?: WorkflowOptions } = {},
) => createWorkflow({ id, inputSchema: any(), outputSchema: any(), ...config })

/** Gives always the same. */
export const gives = <const Id extends string>(id: Id, value: unknown) => step(id, () => value)

/** Gives a list, so that a foreach can follow. */
export const lists = <const Id extends string>(id: Id, items: readonly unknown[]) =>
  createStep({ id, inputSchema: any(), outputSchema: any<readonly unknown[]>(), execute: () => items })

/** Adds to a number. */
export const adds = <const Id extends string>(id: Id, amount: number) =>
  step(id, ({ inputData }) => Number(inputData) + amount)

/** Gives its input as it came. */
export const echoes = <const Id extends string>(id: Id) => step(id, ({ inputData }) => inputData)

/** Fails always. */
export const fails = <const Id extends string>(id: Id, message = `${id} fails`) =>
  step(id, () => {
    throw new Error(message)
  })

/** Suspends with `{ ask: <id> }`, and gives what it is resumed with. */
export const asks = <const Id extends string>(id: Id) =>
  step(id, ({ resumeData, suspend }) => resumeData ?? suspend({ ask: id }))

/** Ends the innermost workflow, or the member that it stands in. */
export const bails = <const Id extends string>(id: Id, value?: unknown) => step(id, ({ bail }) => bail(value))
