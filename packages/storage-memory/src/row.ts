import type { Entry, StoredCommit, StoredValue } from '@wf/core'

/** One commit as it is kept. What is handed out of it is frozen or a copy, and made at the first time that somebody asks. */
export interface Row {
  readonly version: number
  readonly commitId: string
  readonly at: number
  readonly entries: readonly Entry[]
  readonly values: 'none' | 'text' | 'bytes'
  full: StoredCommit | undefined
  bare: StoredCommit | undefined
}

export function keepEntries(entries: readonly Entry[]): Entry[] {
  const kept: Entry[] = new Array(entries.length)
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index]
    if (entry !== undefined) kept[index] = copyEntry(entry)
  }
  return kept
}

export function valuesOf(entries: readonly Entry[]): Row['values'] {
  let values: Row['values'] = 'none'
  for (const { value } of entries) {
    if (value === undefined) continue
    if (typeof value !== 'string') return 'bytes'
    values = 'text'
  }
  return values
}

/** The commit for a reader. Bytes cannot be frozen, so each reader gets its own. */
export function readRow(row: Row, withValues: boolean): StoredCommit {
  if (row.values === 'none' || !withValues) {
    row.bare ??= freezeCommit(row, row.values === 'none' ? row.entries : row.entries.map(withoutValue))
    return row.bare
  }
  if (row.values === 'bytes') return freezeCommit(row, row.entries.map(copyEntry))
  row.full ??= freezeCommit(row, row.entries)
  return row.full
}

export function copyValue(value: StoredValue): StoredValue {
  // Not `value.slice()`: a Buffer's slice shares its memory.
  return typeof value === 'string' ? value : new Uint8Array(value)
}

function copyEntry({ type, fact, value }: Entry): Entry {
  return value === undefined ? { type, fact } : { type, fact, value: copyValue(value) }
}

function withoutValue({ type, fact }: Entry): Entry {
  return { type, fact }
}

function freezeCommit({ version, commitId, at }: Row, entries: readonly Entry[]): StoredCommit {
  for (const entry of entries) Object.freeze(entry)
  return Object.freeze({ version, commitId, at, entries: Object.freeze(entries) })
}
