import type { Schema, StepRetry } from '@wf/core'

/** What any step may be given, whatever it is made of. */
export interface PlainStepOptions {
  readonly description?: string
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Short for `retry: { attempts }`. */
  readonly retries?: number
  readonly retry?: StepRetry
  /** Time that one attempt may take. */
  readonly timeoutMs?: number
}

const plainKeys = ['description', 'metadata', 'retries', 'retry', 'timeoutMs'] as const

/** Those of them that were given. */
export function plainOptions(options: PlainStepOptions): PlainStepOptions {
  const given = plainKeys.filter((key) => options[key] !== undefined)
  return Object.fromEntries(given.map((key) => [key, options[key]]))
}

/** A schema that is there for its types: the AI SDK has looked at the value already. */
export const trusted = <Value>(): Schema<Value> => ({
  '~standard': { version: 1, vendor: '@wf/ai', validate: (value) => ({ value: value as Value }) },
})
