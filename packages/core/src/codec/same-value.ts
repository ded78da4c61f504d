import { treeDepth } from './copy-tree.js'
import { isListPrototype, isRecordPrototype } from './plain-prototype.js'

/** Parts that are compared at most: as a tree, what shares parts of shared parts has no end. */
const mostParts = 8_000_000

/** What one comparison may still look at. */
interface Look {
  levels: number
  parts: number
}

/**
 * True only when both are certainly stored as the same: the same primitives (`-0` is not `0`), dates, lists and records
 * with the same keys in the same order. Anything else, and anything deep, counts as different. An object is always the
 * same as itself, so compare with a copy when somebody may have changed it in place.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  return same(a, b, { levels: treeDepth, parts: mostParts })
}

function same(a: unknown, b: unknown, look: Look): boolean {
  if (Object.is(a, b)) return typeof a !== 'function'
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || look.levels === 0) return false
  const prototype: object | null = Object.getPrototypeOf(a)
  if (Array.isArray(a)) return isListPrototype(prototype) && sameLists(a, b, look)
  if (prototype === Date.prototype) return sameDates(a, b)
  return isRecordPrototype(prototype) && sameRecords(a as Record<string, unknown>, b, look)
}

function sameLists(a: readonly unknown[], b: object, look: Look): boolean {
  if (!Array.isArray(b) || !isListPrototype(Object.getPrototypeOf(b)) || a.length !== b.length) return false
  if (!goDown(look, a.length)) return false
  for (let index = 0; index < a.length; index++) {
    if (!same(a[index], b[index], look)) return false
  }
  look.levels++
  return true
}

function sameRecords(a: Record<string, unknown>, b: object, look: Look): boolean {
  if (Array.isArray(b) || !isRecordPrototype(Object.getPrototypeOf(b))) return false
  const other = b as Record<string, unknown>
  const keys = Object.keys(a)
  const otherKeys = Object.keys(other)
  if (keys.length !== otherKeys.length || !goDown(look, keys.length)) return false
  let index = 0
  for (const key of keys) {
    if (key !== otherKeys[index] || !same(a[key], other[key], look)) return false
    index++
  }
  look.levels++
  return true
}

/** One level down. Nobody comes back up from what is not the same: the whole answer is known then. */
function goDown(look: Look, parts: number): boolean {
  look.parts -= parts + 1
  look.levels--
  return look.parts >= 0
}

function sameDates(a: object, b: object): boolean {
  if (Object.getPrototypeOf(b) !== Date.prototype) return false
  return Object.is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b))
}
