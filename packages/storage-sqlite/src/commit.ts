import { type Commit, type Committed, type Head, incompleteHeader, isWholeHeader, mayCreate } from '@wf/core'
import type { Connection } from './connection.js'
import { commitsOf, findStanding, KEY_OF, type Standing, wentThrough } from './journal-row.js'
import { packEntries } from './pack-entries.js'
import { changeHeader, insertHeader } from './write-header.js'

/** All commits of one call. One that cannot begin its journal refuses the call before anything of it is written. */
export function commitAll(connection: Connection, commits: readonly Commit[], now: number): Committed[] {
  commits.forEach((commit, index) => {
    if (!mayCreate(commit) || isWholeHeader(commit.header)) return
    const begun = commits.slice(0, index).some((other) => mayCreate(other) && sameJournal(other, commit))
    if (!begun && findStanding(connection, commit.journal) === undefined) throw incompleteHeader(commit.journal)
  })
  return commits.map((commit) => commitOne(connection, commit, now))
}

/** Decides what the commit means for the journal as it is now, and writes it if it lands. */
function commitOne(connection: Connection, commit: Commit, now: number): Committed {
  const { base } = commit
  const standing = findStanding(connection, commit.journal)
  if (standing === undefined) return mayCreate(commit) ? create(connection, commit, now) : { status: 'gone' }
  const { number, head, ended } = standing
  if (base === 'new') return orExists(connection, standing, commit)
  const given = 'any' in base ? base.any : base
  if (given.version === head.version && given.commitId === head.commitId) {
    if (!ended || !('any' in base)) return land(connection, standing, { commit, now })
    return { status: 'sealed', head, missed: [] }
  }
  if (!wentThrough(connection, standing, given)) return { status: 'diverged' }
  const missed = commitsOf(connection, { number, after: given.version, withValues: true })
  const own = missed.findIndex(({ commitId }) => commitId === commit.commitId)
  const first = missed[own]
  if (first !== undefined) return committed(first, missed.slice(0, own))
  if (!('any' in base)) return { status: 'stale', head, missed }
  return ended ? { status: 'sealed', head, missed } : { ...land(connection, standing, { commit, now }), missed }
}

type Landed = Extract<Committed, { status: 'committed' }>

function committed({ version, commitId, at }: Head & { readonly at: number }, missed: Landed['missed'] = []): Landed {
  return { status: 'committed', head: { version, commitId }, at, missed }
}

/** Whoever was first, it may have been this very commit, whose answer got lost. */
function orExists(connection: Connection, { number, head }: Standing, { commitId }: Commit): Committed {
  const [first] = commitsOf(connection, { number, after: 0, limit: 1, withValues: false })
  return first?.commitId === commitId ? committed(first) : { status: 'exists', head }
}

function create(connection: Connection, commit: Commit, now: number): Landed {
  if (!isWholeHeader(commit.header)) throw incompleteHeader(commit.journal)
  const { journal, commitId, seal = false } = commit
  const number = insertHeader(connection, commit, { fields: commit.header, now })
  insertCommit(connection, commit, { number, version: 1, at: now })
  const head = { version: 1, commitId }
  connection.standings.set(journal, { number, head, updatedAt: now, createdAt: now, ended: seal })
  return committed({ ...head, at: now })
}

function land(connection: Connection, standing: Standing, given: { commit: Commit; now: number }): Landed {
  const { commit, now } = given
  const { journal, commitId, seal = standing.ended } = commit
  const { number, head, updatedAt } = standing
  const landed = { number, version: head.version + 1, at: Math.max(now, updatedAt) }
  insertCommit(connection, commit, landed)
  changeHeader(connection, commit, { standing, at: landed.at })
  const next = { version: landed.version, commitId }
  connection.standings.set(journal, { ...standing, head: next, updatedAt: landed.at, ended: seal })
  return committed({ ...next, at: landed.at })
}

const INSERT = `insert into commits (key, commit_id, at, shape, facts, texts, bytes) values (${KEY_OF}, ?, ?, ?, ?, ?, ?)`

interface Place {
  readonly number: number
  readonly version: number
  readonly at: number
}

function insertCommit(connection: Connection, { commitId, entries }: Commit, { number, version, at }: Place): void {
  const { shape, facts, texts, bytes } = packEntries(entries)
  connection.run(INSERT, number, version, commitId, at, shape, facts, texts, bytes)
}

function sameJournal({ journal: one }: Commit, { journal: other }: Commit): boolean {
  return one.id === other.id && one.kind === other.kind && one.namespace === other.namespace
}
