import { setOwn } from '../codec/set-own.js'
import { defineHidden } from '../errors/define-hidden.js'

/** What becomes of a part of a value, under the key that it has there. Giving it back unchanged goes on into it. */
export type Change = (part: unknown, key: string | undefined) => unknown

/** In the place of what was left out, or could not be looked at. */
export const REDACTED = '[redacted]'

/** What is deeper is left out. No stored value is. */
const DEEPEST = 1_000

/** Parts that are looked at; whatever is left then is left out. */
const MOST_PARTS = 8_000_000

/**
 * A copy of a value in which each part has been asked for what is to become of it: texts, own properties of records, errors
 * and objects of classes, entries of lists, maps and sets. Cycles are kept. The value is not touched. What has an inside that
 * cannot be looked at, such as a date or bytes, stays as it is.
 */
export const rewrite = (value: unknown, change: Change): unknown => new Rewriting(change).part(value, undefined, 0)

type Keyed = Record<string, unknown>

class Rewriting {
  private readonly copies = new Map<object, unknown>()
  private left = MOST_PARTS

  constructor(private readonly change: Change) {}

  part(value: unknown, key: string | undefined, depth: number): unknown {
    this.left -= 1
    if (this.left < 0) return REDACTED
    try {
      const changed = this.change(value, key)
      if (!Object.is(changed, value) || typeof value !== 'object' || value === null) return changed
      return this.copies.has(value) ? this.copies.get(value) : this.object(value, depth + 1)
    } catch {
      // A getter or a proxy threw: what cannot be looked at is not told.
      return REDACTED
    }
  }

  private object(value: object, depth: number): unknown {
    if (depth > DEEPEST) return REDACTED
    if (isError(value)) return this.error(value as Error & Keyed, depth)
    if (Array.isArray(value)) return this.own(value, this.keep(value, []), depth)
    if (value instanceof Map) return this.map(value, depth)
    if (value instanceof Set) return this.set(value, depth)
    if (value instanceof URL) return this.url(value)
    if (value instanceof Headers) return this.part(Object.fromEntries(value), undefined, depth)
    if (tagOf(value) !== '[object Object]') return value
    return this.own(value, this.keep(value, Object.create(Object.getPrototypeOf(value))), depth)
  }

  private keep<Copy>(value: object, copy: Copy): Copy {
    this.copies.set(value, copy)
    return copy
  }

  private own<Copy extends object>(value: object, copy: Copy, depth: number): Copy {
    for (const key of Object.keys(value)) setOwn(copy as Keyed, this.name(key), this.read(value, key, depth))
    if (Array.isArray(copy)) copy.length = (value as readonly unknown[]).length
    return copy
  }

  /** A key is a text like others. */
  private name(key: string): string {
    const changed = this.change(key, undefined)
    return typeof changed === 'string' ? changed : REDACTED
  }

  private read(value: object, key: string, depth: number): unknown {
    try {
      return this.part((value as Keyed)[key], key, depth)
    } catch {
      return REDACTED
    }
  }

  private map(value: ReadonlyMap<unknown, unknown>, depth: number): unknown {
    const copy = this.keep(value, new Map<unknown, unknown>())
    for (const [key, part] of value) {
      copy.set(this.part(key, undefined, depth), this.part(part, typeof key === 'string' ? key : undefined, depth))
    }
    return copy
  }

  private set(value: ReadonlySet<unknown>, depth: number): unknown {
    const copy = this.keep(value, new Set<unknown>())
    for (const part of value) copy.add(this.part(part, undefined, depth))
    return copy
  }

  private url(value: URL): unknown {
    const changed = this.change(value.href, undefined)
    return changed === value.href ? value : changed
  }

  /** Of the same class, and a genuine one, so that it prints and crosses as the error did. */
  private error(value: Error & Keyed, depth: number): unknown {
    const copy: Error & Keyed = this.keep(value, Object.setPrototypeOf(new Error(), Object.getPrototypeOf(value)))
    Reflect.deleteProperty(copy, 'stack')
    for (const key of ['name', 'message', 'stack', 'cause', 'errors']) {
      const part = key in value ? this.read(value, key, depth) : undefined
      if (part !== undefined && part !== inherited(copy, key)) defineHidden(copy, key, part)
    }
    const rest = Object.keys(value).filter((key) => !Object.hasOwn(copy, key))
    for (const key of rest) setOwn(copy, this.name(key), this.read(value, key, depth))
    return copy
  }
}

const tagOf = (value: object): string => Object.prototype.toString.call(value)

/** The second test is for errors of another realm. */
export const isError = (value: unknown): value is Error =>
  value instanceof Error || (typeof value === 'object' && value !== null && tagOf(value) === '[object Error]')

/** Of some classes these are accessors that work on genuine instances only. */
export function inherited(copy: object, key: string): unknown {
  try {
    return (copy as Keyed)[key]
  } catch {
    return undefined
  }
}
