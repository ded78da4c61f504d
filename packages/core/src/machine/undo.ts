import { FewMap, type Keyed } from './few-map.js'

const ABSENT = Symbol('absent')
const APPENDED = Symbol('appended')
const WHOLE = Symbol('whole')

/** A log that was longer than this is thrown away, so that one large commit does not hold memory for good. */
const LONGEST_KEPT = 3_000

/**
 * Logs of which nobody has use right now: what waits for something needs none, and what goes on would have to let one grow
 * anew each time.
 */
const spare: unknown[][] = []
const MOST_SPARE = 64

const NONE: unknown[] = []

/**
 * Remembers what the machine changes, so that a fold that was made before its commit was refused can be taken back
 * at the price of the change itself. Three slots an entry, no closures: this runs several times a step.
 */
export class Undo {
  private log = NONE
  /** Slots in use. The others are overwritten next time: an array that is emptied gives its memory away. */
  private used = 0
  private takesNote = true

  set<Target extends object, Key extends keyof Target>(target: Target, key: Key, value: Target[Key]): void {
    const before = target[key]
    if (before === value) return
    this.note(target, key, before)
    target[key] = value
  }

  assign<Target extends object>(target: Target, changes: Partial<Target>): void {
    for (const key in changes) this.set(target, key, changes[key] as Target[typeof key])
  }

  put<Key, Value>(map: Keyed<Key, Value>, key: Key, value: Value): void {
    const before = map.get(key)
    this.note(map, key, before === undefined && !map.has(key) ? ABSENT : before)
    map.set(key, value)
  }

  remove<Key, Value>(map: Keyed<Key, Value> | undefined, key: Key): void {
    if (map === undefined || map.size === 0 || !map.has(key)) return
    this.note(map, key, map.get(key))
    map.delete(key)
  }

  /** For maps whose order shows: taken back, they have the one that they had. */
  removeAll<Key>(map: Keyed<Key, unknown> & Iterable<unknown>, keys: Iterable<Key>): void {
    this.note(map, WHOLE, [...map])
    for (const key of keys) map.delete(key)
  }

  append<Value>(list: Value[], value: Value): void {
    this.note(list, APPENDED, undefined)
    list.push(value)
  }

  /** How many changes were made since the last time. */
  get size(): number {
    return this.used / 3
  }

  /** Makes everything so far final; what follows too, unless it may have to be taken back. */
  clear({ takesNote = true } = {}): void {
    if (this.used > LONGEST_KEPT) this.log = NONE
    this.used = 0
    this.takesNote = takesNote
  }

  /** Makes everything final, and needs no memory until something is changed again. */
  letGo(): void {
    const { log } = this
    this.used = 0
    if (log !== NONE && log.length <= LONGEST_KEPT && spare.length < MOST_SPARE) spare.push(log)
    this.log = NONE
  }

  rollback(): void {
    for (let slot = this.used - 3; slot >= 0; slot -= 3) this.revert(slot)
    this.clear()
  }

  private note(target: object, key: unknown, before: unknown): void {
    if (!this.takesNote) return
    if (this.log === NONE) this.log = spare.pop() ?? []
    const { log, used } = this
    log[used] = target
    log[used + 1] = key
    log[used + 2] = before
    this.used = used + 3
  }

  private revert(slot: number): void {
    const target = this.log[slot]
    const key = this.log[slot + 1]
    const before = this.log[slot + 2]
    if (key === APPENDED) (target as unknown[]).pop()
    else if (key === WHOLE) refill(target as Refilled, before as readonly (readonly [unknown, unknown])[])
    else if (!(target instanceof Map || target instanceof FewMap))
      (target as Record<PropertyKey, unknown>)[key as PropertyKey] = before
    else if (before === ABSENT) target.delete(key)
    else target.set(key, before)
  }
}

type Refilled = Pick<Map<unknown, unknown>, 'clear'> & Keyed<unknown, unknown>

function refill(map: Refilled, entries: readonly (readonly [unknown, unknown])[]): void {
  map.clear()
  for (const [key, value] of entries) map.set(key, value)
}
