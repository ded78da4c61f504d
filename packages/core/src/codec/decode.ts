import { isWorkflowError, WorkflowError } from '../errors/index.js'
import { toBuffer } from './binary-forms.js'
import type { Encoded } from './codec.js'
import { GraphReader, notOurs } from './graph-reader.js'
import { bufferMark, bytesMark, payloadIn, sealedMark, taggedMark, unmarkBytes } from './stored-form.js'
import { defaultRules, type ValueRules } from './value-rules.js'

/** A character may take six in JSON, and six more bytes for what surrounds it are generous. */
const storedPerSize = 12

/** The value that was encoded. Text that no `encode` made gives a `WorkflowError`, and never runs or changes anything. */
export function decode(stored: Encoded, rules: ValueRules = defaultRules): unknown {
  if (stored.length > rules.maxBytes * storedPerSize) {
    throw new WorkflowError('WF_LIMIT', `A stored value is larger than limits.maxBytes (${rules.maxBytes}) allows.`)
  }
  try {
    return typeof stored === 'string' ? decodeText(stored, rules) : decodeBytes(stored, rules)
  } catch (cause) {
    if (isWorkflowError(cause)) throw cause
    throw new WorkflowError('WF_STORAGE', notOurs, { cause })
  }
}

function decodeText(text: string, rules: ValueRules): unknown {
  if (payloadIn(text)) {
    const advice = 'give the codec the `offload` that took it'
    throw new WorkflowError('WF_STORAGE', `A stored value lies elsewhere: ${advice}.`)
  }
  if (text.startsWith(taggedMark)) return new GraphReader(rules).readAll(JSON.parse(text.slice(1)))
  const value: unknown = JSON.parse(text)
  // Each level takes two characters, so most values need no look.
  if (text.length > 2 * rules.maxDepth) requireDepth(value, rules.maxDepth, rules.maxDepth)
  return value
}

function decodeBytes(bytes: Uint8Array, rules: ValueRules): unknown {
  switch (bytes[0]) {
    case bytesMark:
      return unmarkBytes(bytes)
    case bufferMark:
      return toBuffer(unmarkBytes(bytes))
    case sealedMark:
      throw new WorkflowError(
        'WF_STORAGE',
        'A stored value is encrypted: give the codec the encryption that sealed it.',
      )
    default:
      return decodeText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), rules)
  }
}

function requireDepth(value: unknown, left: number, maxDepth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (left === 0) {
    throw new WorkflowError('WF_LIMIT', `A stored value is nested deeper than limits.maxDepth (${maxDepth}) allows.`)
  }
  for (const part of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof part === 'object' && part !== null) requireDepth(part, left - 1, maxDepth)
  }
}
