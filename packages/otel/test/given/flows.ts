import { createStep, createWorkflow, type StepContext } from '@wf/core'
import { z } from 'zod'

const anything = z.unknown()

export const step = <const Id extends string>(
  id: Id,
  execute: (context: StepContext) => unknown = ({ inputData }) => inputData,
  more: { readonly retries?: number } = {},
) =>
  createStep({
    id,
    inputSchema: anything,
    outputSchema: anything,
    execute: async (context) => execute(context as unknown as StepContext),
    ...more,
  })

export const flow = <const Id extends string>(id: Id) =>
  createWorkflow({ id, inputSchema: anything, outputSchema: anything })

/** Suspends the first time. */
export const asks = <const Id extends string>(id: Id) =>
  step(id, ({ resumeData, suspend }) => resumeData ?? suspend({ asked: id }))

/** Throws the first time that it is tried. */
export function failsOnce<const Id extends string>(id: Id) {
  let tries = 0
  return step(
    id,
    () => {
      tries += 1
      if (tries === 1) throw new Error('not yet')
      return tries
    },
    { retries: 1 },
  )
}
