import type { Checkpoint, Head, Header, HeaderFields, JournalId, StoredCommit } from '@wf/core'
import { type Row, readRow } from './row.js'
import type { Waker } from './wake-queue.js'

/** A journal with everything that belongs to it; the version of a row is its place in `rows` plus one. */
export interface Journal extends Waker {
  readonly id: JournalId
  rows: Row[]
  readonly createdAt: number
  updatedAt: number
  sealed: boolean
  fields: HeaderFields
  checkpoint: Pick<Checkpoint, 'head' | 'state'> | undefined
}

export function createJournal(id: JournalId, fields: HeaderFields, at: number): Journal {
  const { namespace, kind, id: name } = id
  return {
    id: Object.freeze({ namespace, kind, id: name }),
    rows: [],
    createdAt: at,
    updatedAt: at,
    sealed: false,
    fields: keepFields(fields),
    checkpoint: undefined,
    wakeAt: null,
    slot: -1,
  }
}

const NO_TAGS = Object.freeze<string[]>([])

export function keepFields(fields: HeaderFields): HeaderFields {
  const { status, workflowId, graphHash, workflowVersion, resourceId, tags } = fields
  return {
    status,
    workflowId,
    graphHash,
    workflowVersion,
    resourceId,
    tags: tags.length === 0 ? NO_TAGS : Object.freeze([...tags]),
  }
}

export function headOf(journal: Journal): Head {
  const last = journal.rows.at(-1)
  return { version: journal.rows.length, commitId: last?.commitId ?? '' }
}

export function headerOf(journal: Journal): Header {
  const { fields, id, createdAt, updatedAt, wakeAt, sealed } = journal
  return { ...fields, journal: id, head: headOf(journal), createdAt, updatedAt, wakeAt, sealed }
}

/** Most journals are short: an array that is pushed to makes room for sixteen more at once. */
const SHORT = 8

export function addRow(journal: Journal, row: Row): void {
  if (journal.rows.length < SHORT) journal.rows = [...journal.rows, row]
  else journal.rows.push(row)
}

/** Whether the journal once stood exactly there. Every journal once stood at the origin. */
export function wentThrough(journal: Journal, head: Head): boolean {
  const commitId = head.version === 0 ? '' : journal.rows[head.version - 1]?.commitId
  return commitId === head.commitId
}

/** What landed after `version`, up to and without `before`. */
export function commitsBetween(journal: Journal, version: number, before = journal.rows.length + 1): StoredCommit[] {
  return journal.rows.slice(version, before - 1).map((row) => readRow(row, true))
}
