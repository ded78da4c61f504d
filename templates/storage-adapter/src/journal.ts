import type { Commit, Entry, Head, Header, JournalId, StoredCommit, StoredValue } from '@wf/core'
import type { Key } from './documents.js'

/** A value as JSON holds it. Text stays text and bytes stay bytes, whatever they look like. */
type Packed = string | { readonly base64: string }

interface PackedEntry extends Omit<Entry, 'value'> {
  readonly value?: Packed
}

interface PackedCommit extends Omit<StoredCommit, 'entries'> {
  readonly entries: readonly PackedEntry[]
}

/** A whole journal in one document. The version of a commit is its place in the list plus one. */
export interface Journal {
  readonly header: Header
  readonly commits: readonly PackedCommit[]
  readonly checkpoint?: { readonly head: Head; readonly state: Packed }
}

/** A commit as it was when it was given: what its caller does to lists and bytes later changes nothing. */
export interface Given extends Omit<Commit, 'entries'> {
  readonly entries: readonly PackedEntry[]
}

export const shelfOf = (namespace: string, kind: string): string => JSON.stringify([namespace, kind])

/** JSON writes any text so that no two run into each other, lone surrogates and NUL too. */
export const keyOf = ({ namespace, kind, id }: JournalId): Key => ({
  shelf: shelfOf(namespace, kind),
  id: JSON.stringify(id),
})

export const parseJournal = (text: string): Journal => JSON.parse(text)

export function give(commit: Commit): Given {
  return structuredClone({ ...commit, entries: commit.entries.map(packEntry) })
}

/** Whether the journal once stood exactly there. Every journal once stood at the origin. */
export function wentThrough({ commits }: Journal, { version, commitId }: Head): boolean {
  return version === 0 || commits[version - 1]?.commitId === commitId
}

/** Commits after a version, before another one. */
export function commitsBetween({ commits }: Journal, after: number, before = commits.length + 1): StoredCommit[] {
  return commits.slice(after, before - 1).map((commit) => unpackCommit(commit, true))
}

export function unpackCommit({ version, commitId, at, entries }: PackedCommit, withValues: boolean): StoredCommit {
  const unpacked = entries.map(({ type, fact, value }): Entry => {
    return value === undefined || !withValues ? { type, fact } : { type, fact, value: unpack(value) }
  })
  return { version, commitId, at, entries: unpacked }
}

export function pack(value: StoredValue): Packed {
  if (typeof value === 'string') return value
  return { base64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') }
}

export function unpack(value: Packed): StoredValue {
  return typeof value === 'string' ? value : new Uint8Array(Buffer.from(value.base64, 'base64'))
}

function packEntry({ type, fact, value }: Entry): PackedEntry {
  return value === undefined ? { type, fact } : { type, fact, value: pack(value) }
}
