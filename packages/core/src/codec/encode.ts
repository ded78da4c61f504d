import { WorkflowError } from '../errors/index.js'
import { isBuffer } from './binary-forms.js'
import { builtinName } from './builtin-forms.js'
import type { Encoded, Taken } from './codec.js'
import { copyTree, notTree, type TreeWalk, treeWalk, valueSize } from './copy-tree.js'
import { GraphWriter } from './graph-writer.js'
import { isolate } from './isolate.js'
import { bufferMark, bytesMark, markBytes, taggedMark } from './stored-form.js'
import { defaultRules, type ValueRules } from './value-rules.js'

/**
 * What is stored for a value: for what JSON can say, exactly `JSON.stringify(value)`; for a value that is nothing but a
 * `Uint8Array` or `Buffer`, its bytes behind a mark; for anything else, `~` and JSON with tags.
 */
export function encode(value: unknown, rules: ValueRules = defaultRules): Encoded {
  const walk = treeWalk(rules)
  const copy = copyTree(value, walk)
  // The copy, not the value: a getter or proxy may answer otherwise the second time.
  return copy === notTree ? encodeGraph(value, rules) : encodeTree(copy, walk, rules)
}

/** Isolates a value and encodes it, in one walk where it is a tree. */
export function take(value: unknown, rules: ValueRules = defaultRules): Taken {
  const walk = treeWalk(rules)
  const copy = copyTree(value, walk)
  if (copy !== notTree) return { value: copy, encoded: encodeTree(copy, walk, rules) }
  const isolated = isolate(value, rules)
  return { value: isolated, encoded: encode(isolated, rules) }
}

const encodeTree = (copy: unknown, { json }: TreeWalk, rules: ValueRules): string =>
  json ? JSON.stringify(copy) : taggedMark + writeTagged(copy, rules)

function encodeGraph(value: unknown, rules: ValueRules): Encoded {
  if (!isWholeBytes(value, rules)) return taggedMark + writeTagged(value, rules)
  const mark = isBuffer(value) ? bufferMark : bytesMark
  try {
    return markBytes(mark, value)
  } catch {
    // Its buffer was given away: written as a graph it is refused with its place.
    return taggedMark + writeTagged(value, rules)
  }
}

function isWholeBytes(value: unknown, { maxBytes }: ValueRules): value is Uint8Array {
  if (!(value instanceof Uint8Array) || value.length + valueSize > maxBytes) return false
  const name = builtinName(value)
  return name === 'Uint8Array' || name === 'Buffer'
}

function writeTagged(value: unknown, rules: ValueRules): string {
  const written = new GraphWriter(rules, 'text').writeAll(value)
  try {
    return JSON.stringify(written)
  } catch (cause) {
    throw new WorkflowError('WF_LIMIT', 'The value is too large to be stored as text: pass a reference to it.', {
      cause,
    })
  }
}
