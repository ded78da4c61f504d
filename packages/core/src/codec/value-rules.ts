import { WorkflowError } from '../errors/index.js'

/** A class whose instances cross by value and are revived as themselves. `name` is stored: never change it. */
export interface RegisteredClass<Value extends object = object> {
  readonly name: string
  readonly class: { readonly prototype: Value }
  toData(value: Value): unknown
  fromData(data: unknown): Value
}

export interface ValueLimits {
  /** Levels of nesting; at most 1,000, which is the default. */
  readonly maxDepth?: number
  /** Size of one value: 8 for each value in it, plus the length of keys and strings, plus binary data. Default 64 MiB. */
  readonly maxBytes?: number
}

export interface ValueOptions {
  readonly classes?: readonly RegisteredClass[]
  readonly limits?: ValueLimits
}

/** Options, checked and indexed. */
export interface ValueRules {
  readonly maxDepth: number
  readonly maxBytes: number
  readonly classOf: ReadonlyMap<object, RegisteredClass>
  readonly classNamed: ReadonlyMap<string, RegisteredClass>
}

/** More would risk the stack of a caller that is itself deep. */
const deepest = 1000

export function valueRules({ classes = [], limits = {} }: ValueOptions = {}): ValueRules {
  const { maxDepth = deepest, maxBytes = 64 * 1024 * 1024 } = limits
  requireWithin('limits.maxDepth', maxDepth, deepest)
  requireWithin('limits.maxBytes', maxBytes, Number.MAX_SAFE_INTEGER)
  const classOf = new Map(classes.map((rule) => [rule.class.prototype, rule]))
  const classNamed = new Map(classes.map((rule) => [rule.name, rule]))
  if (classOf.size !== classes.length || classNamed.size !== classes.length) {
    throw new WorkflowError('WF_INVALID_OPTION', 'Each class and each name may be registered once in "classes".', {
      field: 'classes',
    })
  }
  return { maxDepth, maxBytes, classOf, classNamed }
}

export const defaultRules: ValueRules = valueRules()

export function requireWithin(field: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return
  throw new WorkflowError('WF_INVALID_OPTION', `"${field}" must be a whole number from 1 to ${most}.`, { field })
}
