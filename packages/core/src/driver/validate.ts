import type { Schema } from '../builder/schema.js'
import { type ValidationErrorCode, validationError } from '../errors/index.js'

export interface Validated {
  readonly code: ValidationErrorCode
  readonly workflowId: string
  readonly stepId?: string
  readonly runId?: string
}

/** Wrapped: a promise as a value is to be refused, and would be waited for instead if it came out bare. */
export interface Valid {
  readonly value: unknown
}

/** What the schema made of the value. Throws, or rejects where the schema waits, when it does not fit. */
export function validate(schema: Schema, value: unknown, about: Validated): Valid | Promise<Valid> {
  const result = schema['~standard'].validate(value)
  return result instanceof Promise ? result.then((settled) => accept(settled, about)) : accept(result, about)
}

type Result = Awaited<ReturnType<Schema['~standard']['validate']>>

function accept(result: Result, about: Validated): Valid {
  if (result.issues) throw validationError({ ...about, issues: result.issues })
  return { value: result.value }
}
