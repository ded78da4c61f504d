import { notTree, treeDepth } from './copy-tree.js'
import { setOwn } from './set-own.js'

/** A value of more objects may be a graph that shares parts: it is walked as whatever came from outside. */
const mostObjects = 10_000

interface Own {
  objects: number
}

const inherits = {}

/**
 * Copies a tree that was made here, by a copy or by `JSON.parse`, and that nobody else has held: there are no getters,
 * symbols, proxies or limits to look for, which cost more than the copy. Anything but a tree gives `notTree`.
 */
export function copyOwn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  // With a polluted Object.prototype the loop over a record's keys below would see keys that are not its own.
  for (const _ in inherits) return notTree
  return copyObject(value, { objects: 0 }, 1)
}

function copyObject(value: object, own: Own, depth: number): unknown {
  own.objects++
  if (depth > treeDepth || own.objects > mostObjects) return notTree
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype === Object.prototype) return copyRecord(value as Record<string, unknown>, own, depth)
  if (prototype === Array.prototype) return copyList(value as readonly unknown[], own, depth)
  return prototype === Date.prototype ? new Date((value as Date).getTime()) : notTree
}

function copyRecord(value: Record<string, unknown>, own: Own, depth: number): unknown {
  const copy: Record<string, unknown> = {}
  for (const key in value) {
    const part = value[key]
    const copied = typeof part === 'object' && part !== null ? copyObject(part, own, depth + 1) : part
    if (copied === notTree) return notTree
    setOwn(copy, key, copied)
  }
  return copy
}

function copyList(value: readonly unknown[], own: Own, depth: number): unknown {
  const copy: unknown[] = []
  for (const part of value) {
    const copied = typeof part === 'object' && part !== null ? copyObject(part, own, depth + 1) : part
    if (copied === notTree) return notTree
    copy.push(copied)
  }
  return copy
}
