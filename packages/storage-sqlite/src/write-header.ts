import type { Commit, HeaderFields } from '@wf/core'
import type { Connection } from './connection.js'
import type { Standing } from './journal-row.js'
import { type Bindable, textOf } from './text.js'

const INSERT = `insert into journals
  (namespace, kind, id, created_at, ended_at, wake_at, status, workflow_id, graph_hash, workflow_version, resource_id, tags)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning number`

interface Beginning {
  readonly fields: HeaderFields
  readonly now: number
}

/** Begins a journal and answers with its number. */
export function insertHeader(connection: Connection, commit: Commit, { fields, now }: Beginning): number {
  const { namespace, kind, id } = commit.journal
  const { status, workflowId, graphHash, workflowVersion, resourceId, tags } = fields
  const times = [now, commit.seal === true ? now : null, wakeAtOf(commit, now) ?? null]
  const texts = [status, workflowId, graphHash, workflowVersion, resourceId, JSON.stringify(tags)]
  const number = Number(connection.get(INSERT, namespace, kind, id, ...times, ...texts)?.number)
  insertTags(connection, commit, { tags, createdAt: now, number })
  return number
}

/** Each column that a commit changes; only those are written, because an index is rewritten with its columns. */
export function changeHeader(
  connection: Connection,
  commit: Commit,
  { standing, at }: { readonly standing: Standing; readonly at: number },
): void {
  const { number, ended, createdAt } = standing
  const { header = {}, seal = ended } = commit
  const changes: [column: string, value: Bindable][] = []
  for (const [name, column] of COLUMNS) {
    const value = header[name]
    if (value !== undefined) changes.push([column, value])
  }
  const wakeAt = wakeAtOf(commit, at)
  if (wakeAt !== undefined) changes.push(['wake_at', wakeAt])
  // Of an ended journal its last commit is remembered here too, for those who delete what has ended long ago.
  if (seal || seal !== ended) changes.push(['ended_at', seal ? at : null])
  const { tags } = header
  if (tags !== undefined) {
    changes.push(['tags', JSON.stringify(tags)])
    deleteTags(connection, number)
    insertTags(connection, commit, { tags, createdAt, number })
  }
  if (changes.length === 0) return
  const sets = changes.map(([column]) => `${column} = ?`).join(', ')
  connection.run(`update journals set ${sets} where number = ?`, ...changes.map(([, value]) => value), number)
}

const COLUMNS = [
  ['status', 'status'],
  ['workflowId', 'workflow_id'],
  ['graphHash', 'graph_hash'],
  ['workflowVersion', 'workflow_version'],
  ['resourceId', 'resource_id'],
] as const

/** `undefined`: unchanged. */
function wakeAtOf({ wakeAt, wakeInMs }: Commit, at: number): number | null | undefined {
  if (wakeAt !== undefined) return wakeAt
  return typeof wakeInMs === 'number' ? at + wakeInMs : wakeInMs
}

interface Tagging {
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly number: number
}

function insertTags(connection: Connection, { journal }: Commit, { tags, createdAt, number }: Tagging): void {
  const { namespace, kind, id } = journal
  for (const tag of new Set(tags)) {
    const sql = 'insert into tags (namespace, kind, tag, created_at, id, journal) values (?, ?, ?, ?, ?, ?)'
    connection.run(sql, namespace, kind, tag, createdAt, id, number)
  }
}

const DELETE_TAG = `delete from tags where (namespace, kind, created_at, id) =
  (select namespace, kind, created_at, id from journals where number = ?) and tag = ?`

export function deleteTags(connection: Connection, number: number): void {
  const row = connection.get('select tags from journals where number = ?', number)
  const tags: readonly string[] = row === undefined ? [] : JSON.parse(textOf(row.tags))
  for (const tag of new Set(tags)) connection.run(DELETE_TAG, number, tag)
}
