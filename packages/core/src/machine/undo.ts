const ABSENT = Symbol('absent')
const APPENDED = Symbol('appended')

/**
 * Remembers what the machine changes, so that a fold that was made before its commit was refused can be taken back
 * at the price of the change itself. Three slots an entry, no closures: this runs several times a step.
 */
export class Undo {
  private readonly log: unknown[] = []

  set<Target extends object, Key extends keyof Target>(target: Target, key: Key, value: Target[Key]): void {
    this.log.push(target, key, target[key])
    target[key] = value
  }

  assign<Target extends object>(target: Target, changes: Partial<Target>): void {
    for (const key of Object.keys(changes) as (keyof Target)[])
      this.set(target, key, changes[key] as Target[keyof Target])
  }

  put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
    this.log.push(map, key, map.has(key) ? map.get(key) : ABSENT)
    map.set(key, value)
  }

  remove<Key, Value>(map: Map<Key, Value> | undefined, key: Key): void {
    if (!map?.has(key)) return
    this.log.push(map, key, map.get(key))
    map.delete(key)
  }

  append<Value>(list: Value[], value: Value): void {
    this.log.push(list, APPENDED, undefined)
    list.push(value)
  }

  /** How many changes were made since the last time. */
  get size(): number {
    return this.log.length / 3
  }

  /** Makes everything so far final. */
  clear(): void {
    this.log.length = 0
  }

  rollback(): void {
    for (let slot = this.log.length - 3; slot >= 0; slot -= 3) this.revert(slot)
    this.log.length = 0
  }

  private revert(slot: number): void {
    const target = this.log[slot]
    const key = this.log[slot + 1]
    const before = this.log[slot + 2]
    if (key === APPENDED) (target as unknown[]).pop()
    else if (!(target instanceof Map)) (target as Record<PropertyKey, unknown>)[key as PropertyKey] = before
    else if (before === ABSENT) target.delete(key)
    else target.set(key, before)
  }
}
