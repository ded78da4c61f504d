import { markClass } from '../errors/mark-class.js'

/**
 * Values that travel with a run and that its steps may read and change. Keys are strings; values cross between
 * processes by value, so clients and secrets do not belong here.
 */
export class RequestContext<Values extends object = Record<string, unknown>> {
  static {
    markClass(RequestContext, Symbol.for('@wf/core/request-context'))
  }

  /**
   * For types only; no such property exists. A mapped type before all others has the compiler compare contexts member
   * by member: one with known keys is one with any, and a step that has a schema for it may stand among others.
   */
  declare readonly '~values'?: Partial<Values>

  readonly #values = new Map<string, unknown>()

  constructor(entries: Iterable<readonly [string, unknown]>)
  constructor(values?: Partial<Values>)
  constructor(values?: Iterable<readonly [string, unknown]> | Partial<Values>) {
    if (values === undefined || values === null) return
    const entries = isIterable(values) ? values : Object.entries(values)
    for (const [key, value] of entries) this.#put(key, value)
  }

  get size(): number {
    return this.#values.size
  }

  // Not `Key extends keyof Values`: a context with known keys would not be one with any.
  get<Key extends string>(key: Key & keyof Values): Values[Key & keyof Values] {
    return this.#values.get(key) as Values[Key & keyof Values]
  }

  set<Key extends string>(key: Key & keyof Values, value: Values[Key & keyof Values]): this {
    this.#put(key, value)
    return this
  }

  has(key: keyof Values & string): boolean {
    return this.#values.has(key)
  }

  delete(key: keyof Values & string): boolean {
    return this.#values.delete(key)
  }

  clear(): void {
    this.#values.clear()
  }

  keys(): IterableIterator<keyof Values & string> {
    return this.#values.keys() as IterableIterator<keyof Values & string>
  }

  values(): IterableIterator<Values[keyof Values]> {
    return this.#values.values() as IterableIterator<Values[keyof Values]>
  }

  entries(): IterableIterator<[keyof Values & string, Values[keyof Values]]> {
    return this.#values.entries() as IterableIterator<[keyof Values & string, Values[keyof Values]]>
  }

  [Symbol.iterator](): IterableIterator<[keyof Values & string, Values[keyof Values]]> {
    return this.entries()
  }

  forEach(visit: (value: Values[keyof Values], key: keyof Values & string) => void): void {
    for (const [key, value] of this.entries()) visit(value, key)
  }

  /** A plain object of all entries; a key such as `__proto__` becomes an ordinary property. */
  toJSON(): Partial<Values> {
    return Object.fromEntries(this.#values) as Partial<Values>
  }

  #put(key: string, value: unknown): void {
    if (typeof key !== 'string') throw new TypeError(`keys of a RequestContext are strings, got ${typeof key}`)
    this.#values.set(key, value)
  }
}

function isIterable(value: object): value is Iterable<readonly [string, unknown]> {
  return Symbol.iterator in value
}
