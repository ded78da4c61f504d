import type { StepContext } from '@wf/core'
import { step } from './loose.js'

type Context = StepContext['requestContext']

/** All that a request context holds. */
export const held = (context: Context): Record<string, unknown> => Object.fromEntries(context)

/** Gives all that the request context holds. */
export const looks = <const Id extends string>(id: Id) => step(id, ({ requestContext }) => held(requestContext))

/** Does something to the request context and gives its input on. */
export const changes = <const Id extends string>(id: Id, change: (context: Context) => unknown) =>
  step(id, ({ inputData, requestContext }) => {
    change(requestContext)
    return inputData
  })
