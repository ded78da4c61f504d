import type { Head, Header, JournalId, StoredCommit } from '@wf/core'
import type { Connection, Row } from './connection.js'
import { unpackEntries } from './pack-entries.js'
import { textOf } from './text.js'

/** The key of a commit holds both; a journal of more than four thousand million commits is not planned for. */
export const KEY_OF = '(? << 32 | ?)'
/** All commits of a journal; its number twice. */
export const KEYS_OF = 'key > ? << 32 and key < (? + 1) << 32'
export const VERSION = 'key & 4294967295'

/** A journal together with its last commit, of which there always is one. */
export const WITH_HEAD = `cross join commits c on c.key =
  (select key from commits where key > j.number << 32 and key < (j.number + 1) << 32 order by key desc limit 1)`

/** What a commit is decided on. */
export interface Standing {
  readonly number: number
  readonly head: Head
  readonly updatedAt: number
  readonly createdAt: number
  readonly ended: boolean
}

export const HEADER_COLUMNS = `j.namespace, j.kind, j.id, j.number, j.created_at, j.ended_at, j.wake_at,
  j.status, j.workflow_id, j.graph_hash, j.workflow_version, j.resource_id, j.tags, c.${VERSION} as version, c.commit_id, c.at`

const BY_ID = 'namespace = ? and kind = ? and id = ?'

export function findRow(connection: Connection, { namespace, kind, id }: JournalId): Row | undefined {
  return connection.get(`select ${HEADER_COLUMNS} from journals j ${WITH_HEAD} where ${BY_ID}`, namespace, kind, id)
}

const JOURNAL = `select number, created_at, ended_at from journals where ${BY_ID}`
/** A journal has at least one commit, so the last one before the next journal is its own. */
const LAST = `select ${VERSION} as version, commit_id, at from commits where key < (? + 1) << 32 order by key desc limit 1`

/** Two short statements are quicker than one that joins. */
export function findStanding(connection: Connection, journal: JournalId): Standing | undefined {
  return connection.standings.of(journal) ?? readStanding(connection, journal)
}

function readStanding(connection: Connection, { namespace, kind, id }: JournalId): Standing | undefined {
  const row = connection.get(JOURNAL, namespace, kind, id)
  if (row === undefined) return undefined
  const number = Number(row.number)
  const last = connection.get(LAST, number) ?? {}
  return {
    number,
    head: headOf(last),
    updatedAt: Number(last.at),
    createdAt: Number(row.created_at),
    ended: row.ended_at !== null,
  }
}

export function headerOf(row: Row): Header {
  return {
    journal: { namespace: textOf(row.namespace), kind: textOf(row.kind) as JournalId['kind'], id: textOf(row.id) },
    head: headOf(row),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.at),
    wakeAt: row.wake_at === null ? null : Number(row.wake_at),
    sealed: row.ended_at !== null,
    status: textOf(row.status),
    workflowId: textOf(row.workflow_id),
    graphHash: textOf(row.graph_hash),
    workflowVersion: textOf(row.workflow_version),
    resourceId: row.resource_id === null ? null : textOf(row.resource_id),
    tags: JSON.parse(textOf(row.tags)),
  }
}

/** Whether the journal once stood exactly there. Every journal once stood at the origin. */
export function wentThrough(connection: Connection, { number, head }: Standing, given: Head): boolean {
  if (given.version === 0) return given.commitId === ''
  if (given.version >= head.version) return given.version === head.version && given.commitId === head.commitId
  const row = connection.get(`select commit_id from commits where key = ${KEY_OF}`, number, given.version)
  return row !== undefined && textOf(row.commit_id) === given.commitId
}

export interface Span {
  readonly number: number
  /** Commits behind this version. */
  readonly after: number
  /** At most so many; absent: all. */
  readonly limit?: number
  readonly withValues: boolean
}

const SPAN = `from commits where key > (? << 32) + ? and key < (? + 1) << 32 order by key limit ?`
const FACT_COLUMNS = `${VERSION} as version, commit_id, at, shape, facts`

export function commitsOf(connection: Connection, { number, after, limit, withValues }: Span): StoredCommit[] {
  const columns = withValues ? `${FACT_COLUMNS}, texts, bytes` : FACT_COLUMNS
  return connection.all(`select ${columns} ${SPAN}`, number, after, number, limit ?? -1).map(commitOf)
}

function commitOf(row: Row): StoredCommit {
  const { version, commitId } = headOf(row)
  return { version, commitId, at: Number(row.at), entries: unpackEntries(row) }
}

function headOf({ version, commit_id }: Row): Head {
  return { version: Number(version), commitId: textOf(commit_id) }
}
