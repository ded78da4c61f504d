import type { Schema } from '../builder/schema.js'
import { type ValidationErrorCode, validationError } from '../errors/index.js'

export interface Validated {
  readonly code: ValidationErrorCode
  readonly workflowId: string
  readonly stepId?: string
  readonly runId?: string
}

export type About = Validated | (() => Validated)

/** Wrapped: a promise as a value is to be refused, and would be waited for instead if it came out bare. */
export interface Valid {
  readonly value: unknown
}

/**
 * What the schema made of the value. Throws, or rejects where the schema waits, when it does not fit; where `about` is
 * worth saving it is asked for only then.
 */
export function validate(schema: Schema, value: unknown, about: About): Valid | Promise<Valid> {
  const result = schema['~standard'].validate(value)
  return result instanceof Promise ? result.then((settled) => accept(settled, about)) : accept(result, about)
}

type Result = Awaited<ReturnType<Schema['~standard']['validate']>>

function accept(result: Result, about: About): Valid {
  if (result.issues)
    throw validationError({ ...(typeof about === 'function' ? about() : about), issues: result.issues })
  return { value: result.value }
}
