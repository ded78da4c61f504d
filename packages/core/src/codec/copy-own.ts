import { manyObjects, notTree, treeDepth } from './copy-tree.js'

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
  // A value of more objects may be a graph that shares parts: it is walked as whatever came from outside.
  if (depth > treeDepth || own.objects > manyObjects) return notTree
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype === Object.prototype) return copyRecord(value as Record<string, unknown>, own, depth)
  if (prototype === Array.prototype) return copyList(value as readonly unknown[], own, depth)
  return prototype === Date.prototype ? new Date((value as Date).getTime()) : notTree
}

function copyRecord(value: Record<string, unknown>, own: Own, depth: number): unknown {
  const copy = { ...value }
  for (const key in copy) {
    const part = copy[key]
    if (typeof part !== 'object' || part === null) continue
    const copied = copyObject(part, own, depth + 1)
    if (copied === notTree) return notTree
    copy[key] = copied as object
  }
  return copy
}

function copyList(value: readonly unknown[], own: Own, depth: number): unknown {
  const copy = value.slice()
  for (let index = 0; index < copy.length; index++) {
    const part = copy[index]
    if (typeof part !== 'object' || part === null) continue
    const copied = copyObject(part, own, depth + 1)
    if (copied === notTree) return notTree
    copy[index] = copied
  }
  return copy
}
