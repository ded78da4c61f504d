import type { PickedValue, Read, Slice, StoredValue, ValuePlace } from '@wf/core'
import type { Connection, Row } from './connection.js'
import { commitsOf, findRow, headerOf, KEY_OF } from './journal-row.js'
import { unpackEntries } from './pack-entries.js'
import { textOf } from './text.js'

/** `atLeast` asks for nothing here: there is one file, and a read always sees the newest of it. */
export function loadOne(connection: Connection, read: Read): Slice | undefined {
  const row = findRow(connection, read.journal)
  if (row === undefined) return undefined
  const { after = 0, limit, withValues = false, pick = [] } = read
  const header = headerOf(row)
  const number = Number(row.number)
  const checkpoint = read.fromCheckpoint === true ? newerCheckpoint(connection, number, after) : undefined
  const from = checkpoint?.head.version ?? after
  const span = { number, after: from, withValues, ...(limit !== undefined && { limit }) }
  const commits = from < header.head.version ? commitsOf(connection, span) : []
  const more = from + commits.length < header.head.version
  const places = pick.filter(({ version }) => version > 0 && version <= header.head.version)
  const slice = { header, commits, more, picked: pickValues(connection, number, places) }
  return checkpoint === undefined ? slice : { ...slice, checkpoint }
}

function newerCheckpoint(connection: Connection, number: number, after: number): Slice['checkpoint'] {
  const sql = 'select version, commit_id, text, bytes from checkpoints where journal = ? and version > ?'
  const row = connection.get(sql, number, after)
  if (row === undefined) return undefined
  return { head: { version: Number(row.version), commitId: textOf(row.commit_id) }, state: stateOf(row) }
}

function stateOf({ text, bytes }: Row): StoredValue {
  return bytes instanceof Uint8Array ? bytes : textOf(text)
}

const PICK = `select shape, facts, texts, bytes from commits where key = ${KEY_OF}`

function pickValues(connection: Connection, number: number, places: readonly ValuePlace[]): PickedValue[] {
  const known = new Map<number, ReturnType<typeof unpackEntries>>()
  const picked: PickedValue[] = []
  for (const { version, index } of places) {
    let entries = known.get(version)
    if (entries === undefined) {
      const row = connection.get(PICK, number, version)
      entries = row === undefined ? [] : unpackEntries(row)
      known.set(version, entries)
    }
    const entry = entries[index]
    if (entry?.value !== undefined) picked.push({ version, index, fact: entry.fact, value: entry.value })
  }
  return picked
}
