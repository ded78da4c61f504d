import { isListPrototype, isRecord } from './plain-prototype.js'
import type { ValueRules } from './value-rules.js'

/** Answer of `copyTree` for a value that only the graph walk can judge. */
export const notTree: unique symbol = Symbol('not a tree')

/** What one walk may still spend, and whether it met only what JSON can say. */
export interface TreeWalk {
  left: number
  deepest: number
  json: boolean
  /** Records and lists so far, and which they were once they are many. */
  objects: number
  met: Set<object> | undefined
}

export function treeWalk({ maxBytes, maxDepth }: ValueRules): TreeWalk {
  const deepest = Math.min(maxDepth, treeDepth)
  return { left: maxBytes - valueSize, deepest, json: true, objects: 0, met: undefined }
}

/** Deeper values are treated as graphs; so a cycle is noticed here at the latest. */
export const treeDepth = 64

/** From here on a part that is met again makes the value a graph: shared parts of shared parts have no end as a tree. */
export const manyObjects = 100_000

/** What each value in a value counts for, besides its characters. */
export const valueSize = 8

const inherits = {}

/**
 * Copies a tree: records, lists, dates and primitives. Anything else, a cycle, or a limit gives `notTree`.
 * This is the hot path of every step, so it keeps no path and remembers no objects.
 */
export function copyTree(value: unknown, walk: TreeWalk): unknown {
  // With a polluted Object.prototype the loop over a record's keys below would see keys that are not its own.
  for (const _ in inherits) return notTree
  try {
    const copy = copyPart(value, walk, 1)
    return walk.left < 0 ? notTree : copy
  } catch {
    // A getter or a proxy threw. The graph walk meets it again and can say where.
    return notTree
  }
}

function copyPart(value: unknown, walk: TreeWalk, depth: number): unknown {
  return typeof value === 'object' && value !== null ? copyObject(value, walk, depth) : copyLeaf(value, walk)
}

function copyObject(value: object, walk: TreeWalk, depth: number): unknown {
  if (depth > walk.deepest || wasMet(value, walk)) return notTree
  if (Array.isArray(value)) return copyList(value, walk, depth)
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && !isRecord(value, prototype)) {
    if (prototype !== Date.prototype) return notTree
    walk.json = false
    return new Date(Date.prototype.getTime.call(value))
  }
  return copyRecord(value as Record<string, unknown>, walk, depth)
}

function wasMet(value: object, walk: TreeWalk): boolean {
  walk.objects++
  if (walk.objects <= manyObjects) return false
  walk.met ??= new Set()
  if (walk.met.has(value)) return true
  walk.met.add(value)
  return false
}

function copyRecord(value: Record<string, unknown>, walk: TreeWalk, depth: number): unknown {
  if (Object.getOwnPropertySymbols(value).length !== 0) return notTree
  // Twice as fast as one property after the other, and an own `__proto__` becomes one of the copy.
  const copy = { ...value }
  for (const key in copy) {
    const part = copy[key]
    walk.left -= key.length + valueSize
    const copied = copyPart(part, walk, depth + 1)
    if (copied === notTree) return notTree
    if (copied !== part) copy[key] = copied
  }
  return walk.left < 0 ? notTree : copy
}

function copyList(value: readonly unknown[], walk: TreeWalk, depth: number): unknown {
  if (!isListPrototype(Object.getPrototypeOf(value))) return notTree
  const { length } = value
  // Before the loop: a sparse list may claim to be billions long.
  walk.left -= length * valueSize
  if (walk.left < 0) return notTree
  const copy: unknown[] = new Array(length)
  for (let index = 0; index < length; index++) {
    const copied = copyPart(value[index], walk, depth + 1)
    if (copied === notTree) return notTree
    copy[index] = copied
  }
  return copy
}

function copyLeaf(value: unknown, walk: TreeWalk): unknown {
  switch (typeof value) {
    case 'string':
      walk.left -= value.length
      return value
    case 'number':
      if (value - value !== 0 || Object.is(value, -0)) walk.json = false
      return value
    case 'boolean':
      return value
    case 'undefined':
      walk.json = false
      return value
    case 'object':
      return value
    default:
      return notTree
  }
}
