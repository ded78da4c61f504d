import { defineHidden } from '../errors/define-hidden.js'
import { NonRetryableError, TripWire, WorkflowError } from '../errors/index.js'
import type { ValueForm, Written } from './value-form.js'

/** The only classes that the name in stored data can choose. Other errors come back as `Error` with their name. */
const errorClasses = new Map<string, new (...args: never[]) => Error>(
  Object.entries({
    Error,
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    EvalError,
    URIError,
    AggregateError,
    WorkflowError,
    NonRetryableError,
    TripWire,
  }),
)

const writtenApart = new Set(['name', 'message', 'stack', 'cause'])

/** `[tag, class, name, message, stack, field, value, field, value …]`; an own property's field begins with a dot. */
export const errorForm: ValueForm = {
  write(value, writer) {
    const error = value as Record<string, unknown>
    const type = errorClassName(value)
    const stack = readText(error, 'stack')
    const written: Written[] = [
      type,
      readText(error, 'name') ?? 'Error',
      readText(error, 'message') ?? '',
      stack ?? null,
    ]
    for (const part of [written[1], written[2], stack]) writer.spend(String(part ?? '').length)
    const add = (field: string, key: string) => {
      // An error must reach the journal: a part of it that cannot be stored is left out, and the rest is kept.
      const part = writer.attempt(key, () => error[key])
      if (part !== undefined) written.push(field, part)
    }
    if (Object.hasOwn(error, 'cause')) add('cause', 'cause')
    if (type === 'AggregateError') add('errors', 'errors')
    for (const key of Object.keys(error)) {
      if (!writtenApart.has(key) && !(key === 'errors' && type === 'AggregateError')) add(`.${key}`, key)
    }
    return written
  },
  read([, type, name, message, stack, ...fields], reader) {
    const ErrorClass = errorClasses.get(String(type))
    if (ErrorClass === undefined) throw new TypeError('unknown class of errors')
    // A genuine Error with the prototype of its class, without running a constructor on stored data.
    const error: object & { readonly name?: unknown } = Reflect.construct(Error, [String(message)], ErrorClass)
    reader.add(error)
    if (error.name !== name) defineHidden(error, 'name', String(name))
    defineHidden(error, 'stack', stack === null ? undefined : String(stack))
    if (ErrorClass === AggregateError) defineHidden(error, 'errors', [])
    for (let at = 0; at < fields.length; at += 2) {
      const field = String(fields[at])
      const part = reader.read(fields[at + 1])
      if (field.startsWith('.')) define(error, field.slice(1), part)
      else if (field === 'cause' || field === 'errors') defineHidden(error, field, part)
      else throw new TypeError('unknown field of an error')
    }
    // Options that could not be stored were left out, but whoever catches a TripWire reads them.
    if (ErrorClass === TripWire && !Object.hasOwn(error, 'options')) define(error, 'options', {})
    return error
  },
}

/** Deeper than any ancestry that somebody wrote, though not as deep as that of a proxy may be. */
const mostAncestors = 1000

/** The nearest class in the error's ancestry that can be revived, by name: the error may be of another realm or copy. */
function errorClassName(error: object): string {
  let at: object | null = Object.getPrototypeOf(error)
  for (let count = 0; at !== null && count < mostAncestors; at = Object.getPrototypeOf(at), count++) {
    const name: unknown = Object.getOwnPropertyDescriptor(at, 'name')?.value
    if (typeof name === 'string' && errorClasses.has(name)) return name
  }
  return 'Error'
}

function readText(error: Record<string, unknown>, key: string): string | undefined {
  try {
    const text = error[key]
    return text === undefined ? undefined : String(text)
  } catch {
    return undefined
  }
}

function define(error: object, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: true })
}
