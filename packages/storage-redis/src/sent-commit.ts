import { type Base, type Commit, isWholeHeader, mayCreate } from '@wf/core'
import { type Changes, changesOf } from './header.js'
import { type PackedCommit, packCommit } from './pack-commit.js'

/** A commit as it is sent. What its caller changes later no longer matters. */
export interface SentCommit extends Pick<Commit, 'journal' | 'base' | 'commitId'> {
  readonly packed: PackedCommit
  readonly changes: Changes
  readonly mayBegin: boolean
  /** It would have to begin its journal if there is none, and does not bring all that this takes. */
  readonly cannotBegin: boolean
}

export function sentCommit(commit: Commit): SentCommit {
  const { journal, base, commitId, entries, header } = commit
  const mayBegin = mayCreate(commit)
  return {
    journal: { ...journal },
    base: baseOf(base),
    commitId,
    packed: packCommit(commitId, entries),
    changes: changesOf(commit),
    mayBegin,
    cannotBegin: mayBegin && !isWholeHeader(header),
  }
}

function baseOf(base: Base): Base {
  if (base === 'new') return base
  return 'any' in base ? { any: { ...base.any } } : { ...base }
}
