import { copyOwn } from './copy-own.js'
import { copyTree, notTree, treeWalk } from './copy-tree.js'
import { GraphReader } from './graph-reader.js'
import { GraphWriter } from './graph-writer.js'
import { defaultRules, type ValueRules } from './value-rules.js'

/**
 * A deep copy by value, equal in every way to `decode(encode(value))`, or the same error.
 *
 * Records, lists, dates and primitives are copied as a tree: as with JSON, a part that is reachable by two ways becomes
 * two parts. In a value that holds anything else, a cycle, or more than 64 levels, identity is kept.
 */
export function isolate<Value>(value: Value, rules: ValueRules = defaultRules): Value {
  const copy = copyTree(value, treeWalk(rules))
  return (copy === notTree ? copyGraph(value, rules) : copy) as Value
}

/** The same of a value that was isolated or decoded before, and that nobody has changed since. */
export function copyIsolated<Value>(value: Value, rules: ValueRules = defaultRules): Value {
  const copy = copyOwn(value)
  return copy === notTree ? isolate(value, rules) : (copy as Value)
}

function copyGraph(value: unknown, rules: ValueRules): unknown {
  return new GraphReader(rules).readAll(new GraphWriter(rules, 'bytes').writeAll(value))
}
