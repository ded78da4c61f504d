import { hash } from 'node:crypto'
import type { JournalId, JournalKind } from '@wf/core'

/**
 * Names of any length have keys of one length, which is what an index takes. 128 bits name a journal or a tag; what is
 * only looked up by 64 is compared as text as well.
 */
export function journalKey({ namespace, kind, id }: JournalId): string {
  return digest([namespace, kind, id])
}

export interface Shelf {
  readonly namespace: string
  readonly kind: JournalKind
}

export function tagKey({ namespace, kind }: Shelf, tag: string): string {
  return digest(['tag', namespace, kind, tag])
}

export function sessionKey(session: string): string {
  return digest([session])
}

/** Of all journals of a namespace and kind, or of those of them with an equal part. */
export function shelfKey(
  { namespace, kind }: Shelf,
  ...part: readonly [] | readonly [name: string, value: string]
): string {
  const parts = JSON.stringify([namespace, kind, ...part])
  const known = shelves.get(parts)
  if (known !== undefined) return known
  const key = BigInt.asIntN(64, BigInt(`0x${digestOf(parts).slice(0, 16)}`)).toString()
  if (shelves.size >= MOST_SHELVES) shelves.clear()
  shelves.set(parts, key)
  return key
}

/** There are few, and each commit that begins or ends a journal names some. */
const shelves = new Map<string, string>()
const MOST_SHELVES = 1_000

/** Hexadecimal, in the order in which Postgres sorts a uuid. JSON keeps the parts apart, and lone surrogates too. */
function digest(parts: readonly string[]): string {
  return digestOf(JSON.stringify(parts))
}

function digestOf(text: string): string {
  return hash('sha256', text).slice(0, 32)
}
