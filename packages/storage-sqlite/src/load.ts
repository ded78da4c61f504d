import type { Entry, PickedValue, Read, Slice, StoredValue, ValuePlace } from '@wf/core'
import type { Connection, Row } from './connection.js'
import { commitsOf, findRow, headerOf, VERSION } from './journal-row.js'
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

const PICK = `select ${VERSION} as version, shape, facts, texts, bytes from commits
  where key in (select (? << 32) | value from json_each(?))`

/** One statement for all of them: a run that is taken up mostly needs as many values as it has had steps. */
function pickValues(connection: Connection, number: number, places: readonly ValuePlace[]): PickedValue[] {
  if (places.length === 0) return []
  const versions = JSON.stringify([...new Set(places.map(({ version }) => version))])
  const known = new Map<number, readonly Entry[]>()
  for (const row of connection.all(PICK, number, versions)) known.set(Number(row.version), unpackEntries(row))
  const picked: PickedValue[] = []
  for (const { version, index } of places) {
    const entry = known.get(version)?.[index]
    if (entry?.value !== undefined) picked.push({ version, index, fact: entry.fact, value: entry.value })
  }
  return picked
}
