import {
  type Committed,
  type Head,
  type Header,
  type HeaderFields,
  incompleteHeader,
  isWholeHeader,
  ORIGIN,
} from '@wf/core'
import type { Change } from './documents.js'
import { commitsBetween, type Given, type Journal, wentThrough } from './journal.js'

/** What a commit means for the journal as it is now. */
export function decide(journal: Journal | undefined, commit: Given, now: number): Change<Committed> {
  const { base } = commit
  const isAny = typeof base === 'object' && 'any' in base
  const given = headOf(commit)
  if (journal === undefined) {
    return given.version === 0 ? land(undefined, commit, now) : { answer: { status: 'gone' } }
  }
  if (!wentThrough(journal, given)) return { answer: { status: 'diverged' } }
  // Before anything else is looked at: what has landed is told as it was then, whatever has happened since.
  const first = firstAnswer(journal, commit.commitId, given)
  if (first !== undefined) return { answer: first }
  const { head, sealed } = journal.header
  if (base === 'new') return { answer: { status: 'exists', head } }
  const missed = commitsBetween(journal, given.version)
  if (isAny && sealed) return { answer: { status: 'sealed', head, missed } }
  if (!isAny && given.version !== head.version) return { answer: { status: 'stale', head, missed } }
  return land(journal, commit, now)
}

const headOf = ({ base }: Given): Head => {
  if (base === 'new') return ORIGIN
  return 'any' in base ? base.any : base
}

/** A repeated commit lies somewhere after the head that it names. */
function firstAnswer(journal: Journal, commitId: string, given: Head): Committed | undefined {
  const landed = journal.commits.slice(given.version).find((commit) => commit.commitId === commitId)
  if (landed === undefined) return undefined
  const { version, at } = landed
  return {
    status: 'committed',
    head: { version, commitId },
    at,
    missed: commitsBetween(journal, given.version, version),
  }
}

function land(journal: Journal | undefined, commit: Given, now: number): Change<Committed> {
  const { commitId, entries } = commit
  // The clock of a server may go back; that of a journal does not.
  const at = Math.max(now, journal?.header.updatedAt ?? now)
  const commits = journal?.commits ?? []
  const head = { version: commits.length + 1, commitId }
  const next: Journal = {
    ...journal,
    header: { ...fieldsAfter(journal?.header, commit), ...timesAfter(journal?.header, commit, at), head },
    commits: [...commits, { version: head.version, commitId, at, entries }],
  }
  const missed = journal === undefined ? [] : commitsBetween(journal, headOf(commit).version)
  return { answer: { status: 'committed', head, at, missed }, text: JSON.stringify(next) }
}

function fieldsAfter(before: Header | undefined, { header = {}, journal }: Given): HeaderFields {
  const changed = Object.fromEntries(Object.entries(header).filter(([, value]) => value !== undefined))
  const fields: Partial<HeaderFields> = { ...before, ...changed }
  if (!isWholeHeader(fields)) throw incompleteHeader(journal)
  return fields
}

function timesAfter(before: Header | undefined, commit: Given, at: number): Omit<Header, keyof HeaderFields | 'head'> {
  const { journal, wakeInMs, seal = before?.sealed ?? false } = commit
  let wakeAt = before?.wakeAt ?? null
  if (wakeInMs !== undefined) wakeAt = wakeInMs === null ? null : at + wakeInMs
  if (commit.wakeAt !== undefined) wakeAt = commit.wakeAt
  return { journal, createdAt: before?.createdAt ?? at, updatedAt: at, wakeAt, sealed: seal }
}
