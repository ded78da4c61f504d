import type { StoredCommit } from '@wf/core'
import { bytesOf, type Connection, listOf, replyOf } from './connection.js'
import type { JournalKeys } from './key-space.js'
import {
  commitOf,
  entriesOf,
  factsOf,
  fits,
  hasValuesApart,
  openItem,
  type PackedItem,
  type ValuesApart,
} from './pack-commit.js'
import { type Argument, textOf } from './text.js'

/** Versions from the first to the last, both of them there. */
export interface Span {
  readonly first: number
  readonly last: number
}

/** No command asks for more commits than this, so that others get their turn in between. */
const MOST_ITEMS = 1_000
/** The same for values that lie apart, which are large. */
const MOST_VALUES = 50

export function openItems(reply: unknown, first: number): PackedItem[] {
  return listOf(reply).flatMap((item, index) => (Buffer.isBuffer(item) ? [openItem(item, first + index)] : []))
}

/** Commits never change, so what was there at one moment can be read in pieces. Fewer come back when the journal is gone. */
export async function readItems(
  connection: Connection,
  { partition, commits }: JournalKeys,
  spans: readonly Span[],
): Promise<PackedItem[]> {
  const pieces = spans.flatMap((span) => [...piecesOf(span)])
  const outcomes = await connection.send(
    pieces.map(({ first, last }) => ({ partition, name: 'lrange', args: [commits, first - 1, last - 1] })),
  )
  return pieces.flatMap(({ first }, index) => openItems(replyOf(outcomes[index], connection), first))
}

function* piecesOf({ first, last }: Span): Generator<Span> {
  for (let from = first; from <= last; from += MOST_ITEMS) {
    yield { first: from, last: Math.min(last, from + MOST_ITEMS - 1) }
  }
}

/** The items as commits, with all of their values or none. `undefined`: values are gone that were there with the items. */
export async function commitsOf(
  connection: Connection,
  keys: JournalKeys,
  { items, withValues }: { readonly items: readonly PackedItem[]; readonly withValues: boolean },
): Promise<StoredCommit[] | undefined> {
  if (!withValues) return items.map((item) => commitOf(item, factsOf(item)))
  const apart = await readApart(connection, keys, items)
  return apart && items.map((item) => commitOf(item, entriesOf(item, apart.get(item.version))))
}

/** The values that lie apart, by version; `undefined` when one of them is not there any more. */
export async function readApart(
  connection: Connection,
  { partition, values }: JournalKeys,
  items: readonly PackedItem[],
): Promise<ReadonlyMap<number, ValuesApart> | undefined> {
  const apart = items.filter(hasValuesApart)
  const groups: PackedItem[][] = []
  for (let from = 0; from < apart.length; from += MOST_VALUES) groups.push(apart.slice(from, from + MOST_VALUES))
  const found = new Map<number, ValuesApart>()
  const outcomes = await connection.send(
    groups.map((group) => {
      const fields = group.flatMap(({ version }): Argument[] => [`${version}t`, `${version}b`])
      return { partition, name: 'hmget', args: [values, ...fields] }
    }),
  )
  for (const [index, group] of groups.entries()) {
    const replies = listOf(replyOf(outcomes[index], connection))
    for (const [place, item] of group.entries()) {
      const texts = textOf(bytesOf(replies[2 * place]) ?? NOTHING)
      const one = { texts, bytes: bytesOf(replies[2 * place + 1]) ?? NOTHING }
      if (!fits(item, one)) return undefined
      found.set(item.version, one)
    }
  }
  return found
}

const NOTHING = Buffer.alloc(0)
