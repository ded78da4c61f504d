import type { Entry } from '@wf/core'
import { given, kept } from './text.js'

/** A commit's entries as columns: facts behind a list of what lies where, then values of text, then those of bytes. */
export interface Packed {
  readonly facts: string
  readonly texts: string | null
  readonly bytes: Buffer | null
}

/** For each entry four numbers: whether it is a chunk, and the lengths of fact, text and bytes; -1 where there is none. */
type Layout = readonly number[]
const PER_ENTRY = 4
const NONE = -1

export function packEntries(entries: readonly Entry[]): Packed {
  const layout: number[] = []
  const texts: string[] = []
  const bytes: Uint8Array[] = []
  for (const { type, fact, value } of entries) {
    const isText = typeof value === 'string'
    const isBytes = value !== undefined && !isText
    layout.push(type === 'chunk' ? 1 : 0, fact.length, isText ? value.length : NONE, isBytes ? value.length : NONE)
    if (isText) texts.push(value)
    if (isBytes) bytes.push(value)
  }
  return {
    facts: kept(layout.join(',') + entries.reduce((facts, { fact }) => facts + fact, ';')),
    texts: texts.length === 0 ? null : kept(texts.join('')),
    // A copy, because the caller may change its bytes before they are sent.
    bytes: bytes.length === 0 ? null : Buffer.concat(bytes),
  }
}

/** Bytes come as base64. */
export interface PackedRow {
  readonly facts: string
  readonly texts: string | null
  readonly bytes: string | null
}

/** The entries again; of a row without its values they come without. */
export function unpackEntries(row: PackedRow): Entry[] {
  const stored = given(row.facts)
  const end = stored.indexOf(';')
  const layout = layoutOf(stored, end)
  const facts = reader(stored, end + 1)
  const texts = row.texts === null ? undefined : reader(given(row.texts), 0)
  const bytes = row.bytes === null ? undefined : reader(plainBytes(row.bytes), 0)
  const entries: Entry[] = []
  for (let at = 0; at < layout.length; at += PER_ENTRY) {
    const type = layout[at] === 1 ? 'chunk' : 'event'
    const fact = facts(layout[at + 1] ?? 0)
    const textLength = layout[at + 2] ?? NONE
    const byteLength = layout[at + 3] ?? NONE
    const value = textLength === NONE ? (byteLength === NONE ? undefined : bytes?.(byteLength)) : texts?.(textLength)
    entries.push(value === undefined ? { type, fact } : { type, fact, value })
  }
  return entries
}

const [COMMA, MINUS, ZERO] = [',', '-', '0'].map((sign) => sign.charCodeAt(0)) as [number, number, number]

/** By the character: a run of ten thousand steps brings as many of them. */
function layoutOf(stored: string, end: number): Layout {
  const layout: number[] = []
  for (let at = 0; at < end; at += 1) {
    let sign = 1
    let size = 0
    for (; at < end; at += 1) {
      const code = stored.charCodeAt(at)
      if (code === COMMA) break
      if (code === MINUS) sign = -1
      else size = 10 * size + code - ZERO
    }
    layout.push(sign * size)
  }
  return layout
}

export function plainBytes(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64')
  // Small ones share their memory with others, which whoever clones or sends them would take along.
  return bytes.byteLength < 8_192
    ? Uint8Array.from(bytes)
    : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Reads one piece behind the other; what is asked for as a whole is not copied. */
function reader<Whole extends { readonly length: number; slice(from: number, to: number): Whole }>(
  whole: Whole,
  start: number,
): (length: number) => Whole {
  let position = start
  return (length) => {
    const from = position
    position += length
    return from === 0 && position === whole.length ? whole : whole.slice(from, position)
  }
}
