import type { PickedValue, Read, Slice, StoredCommit, ValuePlace } from '@wf/core'
import { headerOf, type Journal } from './journal.js'
import { copyValue, readRow } from './row.js'
import type { Shelves } from './shelf.js'

/** `atLeast` asks for nothing here: there is one copy, and it is always the newest. */
export function loadOne(shelves: Shelves, read: Read): Slice | undefined {
  const journal = shelves.find(read.journal)
  if (journal === undefined) return undefined
  const { after = 0, limit = Number.POSITIVE_INFINITY, withValues = false, pick = [] } = read
  const checkpoint = read.fromCheckpoint === true ? newerCheckpoint(journal, after) : undefined
  const from = checkpoint?.head.version ?? after
  const commits: StoredCommit[] = []
  for (const row of journal.rows.slice(from, from + limit)) commits.push(readRow(row, withValues))
  const more = from + commits.length < journal.rows.length
  const slice = { header: headerOf(journal), commits, more, picked: pickValues(journal, pick) }
  return checkpoint === undefined ? slice : { ...slice, checkpoint }
}

function newerCheckpoint({ checkpoint }: Journal, after: number): Slice['checkpoint'] {
  if (checkpoint === undefined || checkpoint.head.version <= after) return undefined
  return { head: { ...checkpoint.head }, state: copyValue(checkpoint.state) }
}

function pickValues(journal: Journal, places: readonly ValuePlace[]): PickedValue[] {
  const picked: PickedValue[] = []
  for (const { version, index } of places) {
    const entry = journal.rows[version - 1]?.entries[index]
    if (entry?.value !== undefined) picked.push({ version, index, fact: entry.fact, value: copyValue(entry.value) })
  }
  return picked
}
