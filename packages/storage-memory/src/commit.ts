import {
  type Commit,
  type Committed,
  checkCommit,
  type Head,
  incompleteHeader,
  isWholeHeader,
  mayCreate,
} from '@wf/core'
import { addRow, commitsBetween, createJournal, headOf, type Journal, keepFields, wentThrough } from './journal.js'
import { keepEntries, valuesOf } from './row.js'
import { type Shelf, type Shelves, stopWaking, wake } from './shelf.js'

/** Everything that would refuse the whole call, before its first commit is written. */
export function checkCommits(shelves: Shelves, commits: readonly Commit[], maxCommitBytes: number | undefined): void {
  let index = -1
  for (const commit of commits) {
    index += 1
    checkCommit(commit, maxCommitBytes)
    if (mayCreate(commit) && !isWholeHeader(commit.header) && shelves.find(commit.journal) === undefined) {
      const earlier = commits.slice(0, index)
      if (!earlier.some((other) => mayCreate(other) && sameJournal(other, commit)))
        throw incompleteHeader(commit.journal)
    }
  }
}

/** Decides what the commit means for the journal as it is now, and writes it if it lands. */
export function commitOne(shelves: Shelves, commit: Commit, now: number): Committed {
  const { base } = commit
  const journal = shelves.find(commit.journal)
  if (base === 'new') return journal === undefined ? create(shelves, commit, now) : orExists(journal, commit)
  const given = 'any' in base ? base.any : base
  if (journal === undefined) return given.version === 0 ? create(shelves, commit, now) : { status: 'gone' }
  if (isHead(journal, given)) {
    if (!journal.sealed || !('any' in base)) return land(shelves, journal, { commit, given, now })
    return { status: 'sealed', head: headOf(journal), missed: [] }
  }
  if (!wentThrough(journal, given)) return { status: 'diverged' }
  const first = firstAnswer(journal, commit.commitId, given.version)
  if (first !== undefined) return first
  if ('any' in base && !journal.sealed) return land(shelves, journal, { commit, given, now })
  const missed = commitsBetween(journal, given.version)
  return { status: 'any' in base ? 'sealed' : 'stale', head: headOf(journal), missed }
}

/** A repeated commit lies somewhere after its base, so only what the caller missed is searched. */
function firstAnswer(journal: Journal, commitId: string, after: number): Committed | undefined {
  for (let index = journal.rows.length - 1; index >= after; index -= 1) {
    const row = journal.rows[index]
    if (row?.commitId !== commitId) continue
    const { version, at } = row
    return { status: 'committed', head: { version, commitId }, at, missed: commitsBetween(journal, after, version) }
  }
  return undefined
}

function orExists(journal: Journal, { commitId }: Commit): Committed {
  const first = journal.rows[0]
  if (first?.commitId !== commitId) return { status: 'exists', head: headOf(journal) }
  return { status: 'committed', head: { version: 1, commitId }, at: first.at, missed: [] }
}

function create(shelves: Shelves, commit: Commit, now: number): Committed {
  if (!isWholeHeader(commit.header)) throw incompleteHeader(commit.journal)
  const journal = createJournal(commit.journal, commit.header, now)
  shelves.shelve(journal)
  return land(shelves, journal, { commit, given: headOf(journal), now })
}

interface Landing {
  readonly commit: Commit
  readonly given: Head
  readonly now: number
}

function land(shelves: Shelves, journal: Journal, { commit, given, now }: Landing): Committed {
  const { commitId } = commit
  const { length } = journal.rows
  const at = Math.max(now, journal.updatedAt)
  const missed = given.version === length ? [] : commitsBetween(journal, given.version)
  const entries = keepEntries(commit.entries)
  const version = length + 1
  addRow(journal, { version, commitId, at, entries, values: valuesOf(entries), full: undefined, bare: undefined })
  journal.updatedAt = at
  if (tellsMore(commit)) applyHeader(shelves.shelfOf(journal), journal, commit)
  return { status: 'committed', head: { version, commitId }, at, missed }
}

/** Most commits bring their entries and nothing else. */
const tellsMore = ({ header, wakeInMs, wakeAt, seal }: Commit): boolean =>
  header !== undefined || wakeInMs !== undefined || wakeAt !== undefined || seal !== undefined

function applyHeader(shelf: Shelf, journal: Journal, { header, wakeInMs, wakeAt, seal }: Commit): void {
  const moves = wakeInMs !== undefined || wakeAt !== undefined
  const renamed = header?.workflowId !== undefined || header?.graphHash !== undefined
  if (renamed && journal.wakeAt !== null) stopWaking(shelf, journal)
  if (header !== undefined && journal.rows.length > 1)
    journal.fields = keepFields({ ...journal.fields, ...given(header) })
  if (moves) journal.wakeAt = wakeAt ?? (typeof wakeInMs === 'number' ? journal.updatedAt + wakeInMs : null)
  if (moves || (renamed && journal.wakeAt !== null)) wake(shelf, journal)
  if (seal !== undefined) journal.sealed = seal
  if (seal === true) shelf.ended.add(journal)
  else if (seal === false) shelf.ended.delete(journal)
}

/** A field that is there but undefined counts as absent. */
function given<Fields extends object>(fields: Fields): Fields {
  const copy = { ...fields }
  for (const name in copy) if (copy[name] === undefined) delete copy[name]
  return copy
}

function isHead(journal: Journal, { version, commitId }: Head): boolean {
  const { rows } = journal
  return rows.length === version && rows[version - 1]?.commitId === commitId
}

function sameJournal({ journal: one }: Commit, { journal: other }: Commit): boolean {
  return one.id === other.id && one.kind === other.kind && one.namespace === other.namespace
}
