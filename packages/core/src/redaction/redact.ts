import { WorkflowError } from '../errors/index.js'
import { REDACTED, rewrite } from './rewrite.js'

/** Where something is about to be told. */
export interface RedactionPlace {
  /** A line of the logger, the error of a step or callback before it is recorded, or what a span carries. */
  readonly kind: 'log' | 'error' | 'span'
  readonly workflowId?: string
  readonly stepId?: string
  readonly runId?: string
}

/**
 * What is told instead of a value: a copy that may be changed, or another value. It is called with the fields of a log
 * line and with its message, with errors, and with the attributes of spans, and answers at once.
 */
export type Redact = (value: unknown, where: RedactionPlace) => unknown

/**
 * Leaves out whatever stands under one of these keys, at any depth: in records, errors and their causes, maps, objects of
 * classes. Upper and lower case are the same. Texts are not searched.
 */
export function redactKeys(keys: readonly string[]): Redact {
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every((key) => typeof key === 'string' && key !== '')) {
    const text = '`redactKeys` takes a list of keys, each a text that is not empty'
    throw new WorkflowError('WF_INVALID_OPTION', text, { field: 'keys' })
  }
  const left = new Set(keys.map((key) => key.toLowerCase()))
  const change = (part: unknown, key: string | undefined): unknown =>
    key !== undefined && left.has(key.toLowerCase()) ? REDACTED : part
  return (value) => rewrite(value, change)
}
