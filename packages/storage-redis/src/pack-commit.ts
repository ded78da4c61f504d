import type { Entry, StoredCommit } from '@wf/core'
import { exactly, type Sent, textOf } from './text.js'

/** A commit as it is sent: `body` is what lies in the list, behind the time that the server stamps it with. */
export interface PackedCommit {
  readonly tag: Sent
  readonly body: Sent
  /** Values that lie apart, of text and of bytes; empty where there are none. */
  readonly texts: Sent
  readonly bytes: Sent
}

/** The id of a commit as it stands in front of its body; it says where it ends. */
export function tagOf(commitId: string): string {
  return `${commitId.length}:${commitId}`
}

/** What an entry is: one of these for its type, and one for its value. */
const EVENT = 0
const CHUNK = 1
const TEXT = 2
const BYTES = 4

/** More text than this, or any bytes, lies apart, so that whoever reads facts only is not sent it. */
const MOST_BESIDE = 1_024

/** The shape is a list of numbers: whether values lie apart, then for each entry what it is and its lengths. */
export function packCommit(commitId: string, entries: readonly Entry[]): PackedCommit {
  const shape: number[] = [0]
  const bytes: Uint8Array[] = []
  let facts = ''
  let texts = ''
  for (const { type, fact, value } of entries) {
    const kind = type === 'chunk' ? CHUNK : EVENT
    facts += fact
    if (value === undefined) {
      shape.push(kind, fact.length)
      continue
    }
    const isText = typeof value === 'string'
    shape.push(kind | (isText ? TEXT : BYTES), fact.length, value.length)
    if (isText) texts += value
    else bytes.push(value)
  }
  const apart = texts.length > MOST_BESIDE || bytes.length > 0
  if (apart) shape[0] = 1
  const tag = tagOf(commitId)
  return {
    tag: exactly(tag),
    body: exactly(`${tag}${shape.join(',')}\n${facts}${apart ? '' : texts}`),
    texts: apart ? exactly(texts) : '',
    bytes: bytes.length === 0 ? '' : Buffer.concat(bytes),
  }
}

/** So many digits are a time; the rest of an item of the list is the body. */
export const TIME_DIGITS = 15

/** An item of the list that was taken apart, but for its entries. */
export interface PackedItem {
  readonly version: number
  readonly commitId: string
  readonly at: number
  readonly shape: readonly number[]
  /** Facts, and behind them values that are beside them. */
  readonly text: string
}

export function openItem(item: Buffer, version: number): PackedItem {
  const at = Number(item.toString('latin1', 0, TIME_DIGITS))
  const text = textOf(item.subarray(TIME_DIGITS))
  const begin = text.indexOf(':') + 1
  const end = begin + Number(text.slice(0, begin - 1))
  const line = text.indexOf('\n', end)
  const shape = text.slice(end, line).split(',').map(Number)
  return { version, commitId: text.slice(begin, end), at, shape, text: text.slice(line + 1) }
}

export function hasValuesApart({ shape }: PackedItem): boolean {
  return shape[0] === 1
}

/** Values that lie apart. */
export interface ValuesApart {
  readonly texts: string
  readonly bytes: Buffer
}

/** Whether the values are those of the item: they go with their journal, also between two looks at it. */
export function fits({ shape }: PackedItem, { texts, bytes }: ValuesApart): boolean {
  let textLength = 0
  let byteLength = 0
  for (let at = 1; at < shape.length; ) {
    const kind = shape[at] ?? EVENT
    if ((kind & TEXT) !== 0) textLength += shape[at + 2] ?? 0
    if ((kind & BYTES) !== 0) byteLength += shape[at + 2] ?? 0
    at += kind <= CHUNK ? 2 : 3
  }
  return texts.length === textLength && bytes.length === byteLength
}

/** The entries with the values that are given or beside them. Values that lie apart and were not fetched are left out. */
export function entriesOf(item: PackedItem, apart?: ValuesApart): Entry[] {
  const { shape, text } = item
  const texts = cutting(textsOf(item, apart))
  const bytes = cutting(apart?.bytes ?? NO_BYTES)
  const facts = cutting(text)
  const known = apart !== undefined || !hasValuesApart(item)
  const entries: Entry[] = []
  for (let at = 1; at < shape.length; ) {
    const kind = shape[at] ?? EVENT
    const type = (kind & CHUNK) === 0 ? 'event' : 'chunk'
    const fact = facts(shape[at + 1] ?? 0)
    const length = shape[at + 2] ?? 0
    at += kind <= CHUNK ? 2 : 3
    if (kind <= CHUNK || !known) entries.push({ type, fact })
    else entries.push({ type, fact, value: (kind & TEXT) === 0 ? new Uint8Array(bytes(length)) : texts(length) })
  }
  return entries
}

/** The entries without their values, whether they came or not. */
export function factsOf(item: PackedItem): Entry[] {
  return entriesOf(item).map(({ type, fact }) => ({ type, fact }))
}

export function commitOf(item: PackedItem, entries: readonly Entry[]): StoredCommit {
  const { version, commitId, at } = item
  return { version, commitId, at, entries }
}

function textsOf(item: PackedItem, apart: ValuesApart | undefined): string {
  return hasValuesApart(item) ? (apart?.texts ?? '') : item.text.slice(factsLength(item.shape))
}

const NO_BYTES = Buffer.alloc(0)

function factsLength(shape: readonly number[]): number {
  let length = 0
  for (let at = 1; at < shape.length; at += (shape[at] ?? EVENT) <= CHUNK ? 2 : 3) length += shape[at + 1] ?? 0
  return length
}

interface Cuttable<Whole> {
  slice(from: number, to: number): Whole
}

/** Cuts one piece behind the other. */
function cutting<Whole extends Cuttable<Whole>>(whole: Whole): (length: number) => Whole {
  let from = 0
  return (length) => {
    const piece = whole.slice(from, from + length)
    from += length
    return piece
  }
}
