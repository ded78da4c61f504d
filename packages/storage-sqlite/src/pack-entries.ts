import type { Entry } from '@wf/core'
import type { Row } from './connection.js'
import { textOf } from './text.js'

/**
 * The entries of a commit as columns. `shape` is a list of numbers: for each entry what it is, the length of its
 * fact and, with a value, that of its value. Facts stand one behind the other, and so do values of text and of bytes.
 */
export interface Packed {
  readonly shape: string
  readonly facts: string
  readonly texts: string | null
  readonly bytes: Uint8Array | null
}

/** What an entry is: one of these for its type, and one for its value. */
const EVENT = 0
const CHUNK = 1
const TEXT = 2
const BYTES = 4

export function packEntries(entries: readonly Entry[]): Packed {
  const shape: number[] = []
  const texts: string[] = []
  const bytes: Uint8Array[] = []
  let facts = ''
  for (const { type, fact, value } of entries) {
    const kind = type === 'chunk' ? CHUNK : EVENT
    facts += fact
    if (value === undefined) {
      shape.push(kind, fact.length)
      continue
    }
    const isText = typeof value === 'string'
    shape.push(kind | (isText ? TEXT : BYTES), fact.length, value.length)
    if (isText) texts.push(value)
    else bytes.push(value)
  }
  return {
    shape: JSON.stringify(shape),
    facts,
    texts: texts.length === 0 ? null : texts.join(''),
    bytes: bytes.length === 0 ? null : joined(bytes),
  }
}

const NO_BYTES = new Uint8Array(0)

/** The entries again; without the columns of values they come without values. */
export function unpackEntries(row: Row): Entry[] {
  const shape: readonly number[] = JSON.parse(textOf(row.shape))
  const facts = cutting(textOf(row.facts))
  const texts = cutting(textOf(row.texts))
  const bytes = cutting(row.bytes instanceof Uint8Array ? row.bytes : NO_BYTES)
  const withValues = 'texts' in row
  const entries: Entry[] = []
  for (let at = 0; at < shape.length; ) {
    const kind = shape[at] ?? EVENT
    const type = (kind & CHUNK) === 0 ? 'event' : 'chunk'
    const fact = facts(shape[at + 1] ?? 0)
    if (kind <= CHUNK) {
      entries.push({ type, fact })
      at += 2
      continue
    }
    const length = shape[at + 2] ?? 0
    at += 3
    if (!withValues) entries.push({ type, fact })
    else entries.push({ type, fact, value: (kind & TEXT) === 0 ? bytes(length) : texts(length) })
  }
  return entries
}

interface Cuttable<Whole> {
  readonly length: number
  slice(from: number, to: number): Whole
}

/** Cuts one piece behind the other. A large value that stands alone is not copied. */
function cutting<Whole extends Cuttable<Whole>>(whole: Whole): (length: number) => Whole {
  let from = 0
  return (length) => {
    const piece = length === whole.length ? whole : whole.slice(from, from + length)
    from += length
    return piece
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts)
}
