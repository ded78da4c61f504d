/** What an undo log has to know of a map. */
export interface Keyed<Key, Value> {
  readonly size: number
  get(key: Key): Value | undefined
  has(key: Key): boolean
  set(key: Key, value: Value): unknown
  delete(key: Key): boolean
}

/** What can be read of a map, whichever it is. */
export interface Lookup<Key, Value> extends Iterable<readonly [Key, Value]> {
  readonly size: number
  get(key: Key): Value | undefined
  keys(): Iterable<Key>
  values(): Iterable<Value>
}

/**
 * A map that mostly holds one entry or none, and loses it soon. A `Map` that is emptied makes its table anew, every
 * step of a chain; here one entry needs no table at all, and only more than one make a `Map`.
 */
export class FewMap<Key extends string | number, Value> implements Keyed<Key, Value>, Lookup<Key, Value> {
  /** `undefined` where there is no entry, or `many`. */
  private key: Key | undefined
  private value: Value | undefined
  /** Holds everything from the second entry on, until the last is gone. */
  private many: Map<Key, Value> | undefined

  get size(): number {
    return this.many ? this.many.size : Number(this.key !== undefined)
  }

  /** The value of the only entry there is, without an iterator; `undefined` also when there were more not long ago. */
  get only(): Value | undefined {
    return this.value
  }

  get(key: Key): Value | undefined {
    if (this.many) return this.many.get(key)
    return this.key === key ? this.value : undefined
  }

  has(key: Key): boolean {
    return this.many ? this.many.has(key) : this.key === key
  }

  set(key: Key, value: Value): void {
    if (this.many) this.many.set(key, value)
    else if (this.key !== undefined && this.key !== key) this.spill(key, value)
    else this.hold(key, value)
  }

  delete(key: Key): boolean {
    if (this.many) return this.deleteOfMany(this.many, key)
    if (!this.has(key)) return false
    this.clear()
    return true
  }

  clear(): void {
    this.key = undefined
    this.value = undefined
    this.many = undefined
  }

  keys(): Iterable<Key> {
    return this.many ? this.many.keys() : this.key !== undefined ? [this.key] : []
  }

  /** In the order in which they came. */
  values(): Iterable<Value> {
    return this.many ? this.many.values() : this.key !== undefined ? [this.value as Value] : []
  }

  [Symbol.iterator](): Iterator<readonly [Key, Value]> {
    const entries = this.many ?? (this.key !== undefined ? [[this.key, this.value as Value] as const] : [])
    return entries[Symbol.iterator]()
  }

  private hold(key: Key, value: Value): void {
    this.key = key
    this.value = value
  }

  private spill(key: Key, value: Value): void {
    const many = new Map([[this.key as Key, this.value as Value]])
    this.clear()
    this.many = many.set(key, value)
  }

  private deleteOfMany(many: Map<Key, Value>, key: Key): boolean {
    const had = many.delete(key)
    if (many.size === 0) this.clear()
    return had
  }
}
