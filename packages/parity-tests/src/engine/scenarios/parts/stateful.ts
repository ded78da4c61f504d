import type { StartOptions } from '@wf/core'
import type { Stage } from '../../stage.js'
import { finish } from './begin.js'
import { step } from './loose.js'

/** Sets some of the state and gives its input on. */
export const sets = <const Id extends string>(id: Id, changes: Record<string, unknown>) =>
  step(id, async ({ inputData, setState }) => {
    await setState(changes)
    return inputData
  })

/** Gives the state as it sees it. */
export const sees = <const Id extends string>(id: Id) => step(id, ({ state }) => ({ ...state }))

/** Asks for the state in the result. */
export const withState = { outputOptions: { includeState: true } } as const

/** Runs with its state in the result. */
export const finishStateful = (
  stage: Stage,
  workflow: Parameters<typeof finish>[1],
  options: StartOptions = {},
): ReturnType<typeof finish> => finish(stage, workflow, { ...options, ...withState })
