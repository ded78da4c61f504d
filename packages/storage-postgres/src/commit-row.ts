import { type Commit, type HeaderFields, isWholeHeader, type JournalId, mayCreate, ORIGIN } from '@wf/core'
import { journalKey, shelfKey, tagKey } from './journal-key.js'
import { packEntries } from './pack-entries.js'
import { kept } from './text.js'

/** A commit as it is sent. What its caller changes later no longer matters. */
export interface CommitRow {
  readonly commit: Pick<Commit, 'journal' | 'base' | 'commitId'>
  readonly key: string
  readonly commitId: string
  readonly mode: 0 | 1 | 2
  readonly givenVersion: number
  readonly givenId: string
  readonly wake: 0 | 1 | 2 | 3
  readonly wakeValue: number | null
  readonly seal: boolean | null
  readonly facts: string
  readonly texts: string | null
  readonly bytes: Buffer | null
  /** JSON of the columns that change; of all columns where the commit may begin its journal. */
  readonly header: string | null
  readonly size: number
  /** It would have to begin its journal if there is none, and does not bring all that this takes. */
  readonly cannotBegin: boolean
}

const BASED = 0
const ANY = 1
const NEW = 2

export function rowOf(commit: Commit): CommitRow {
  const { journal, base, commitId, entries, seal = null } = commit
  const given = base === 'new' ? ORIGIN : 'any' in base ? base.any : base
  const packed = packEntries(entries)
  const { facts, texts, bytes } = packed
  return {
    commit: {
      journal: { ...journal },
      base: base === 'new' ? base : 'any' in base ? { any: { ...given } } : { ...given },
      commitId,
    },
    key: journalKey(journal),
    commitId: kept(commitId),
    mode: base === 'new' ? NEW : 'any' in base ? ANY : BASED,
    givenVersion: given.version,
    givenId: kept(given.commitId),
    ...wakeOf(commit),
    seal,
    ...packed,
    header: headerOf(commit),
    size: facts.length + (texts?.length ?? 0) + (bytes?.length ?? 0),
    cannotBegin: mayCreate(commit) && !isWholeHeader(commit.header),
  }
}

function wakeOf({ wakeAt, wakeInMs }: Commit): Pick<CommitRow, 'wake' | 'wakeValue'> {
  if (wakeAt !== undefined) return { wake: 1, wakeValue: wakeAt }
  if (wakeInMs === undefined) return { wake: 0, wakeValue: null }
  return wakeInMs === null ? { wake: 3, wakeValue: null } : { wake: 2, wakeValue: wakeInMs }
}

function headerOf(commit: Commit): string | null {
  const { journal, header } = commit
  if (header === undefined) return null
  const changed = changesOf(journal, header)
  if (!mayCreate(commit) || !isWholeHeader(header)) return JSON.stringify(changed)
  const { namespace, kind, id } = journal
  const names = { namespace: kept(namespace), kind, id: kept(id) }
  return JSON.stringify({ ...changed, ...names, shelf: shelfKey(journal) })
}

/** Each column beside the key by which lists look it up. */
function changesOf(journal: JournalId, header: Partial<HeaderFields>): Record<string, unknown> {
  const { status, workflowId, graphHash, workflowVersion, resourceId, tags } = header
  return {
    ...(status !== undefined && { status: kept(status), byStatus: shelfKey(journal, 'status', status) }),
    ...(workflowId !== undefined && {
      workflowId: kept(workflowId),
      byWorkflow: shelfKey(journal, 'workflow', workflowId),
    }),
    ...(graphHash !== undefined && { graphHash: kept(graphHash), byGraph: shelfKey(journal, 'graph', graphHash) }),
    ...(workflowVersion !== undefined && { workflowVersion: kept(workflowVersion) }),
    ...(resourceId !== undefined && {
      resourceId: resourceId === null ? null : kept(resourceId),
      byResource: resourceId === null ? null : shelfKey(journal, 'resource', resourceId),
    }),
    ...(tags !== undefined && {
      tags: JSON.stringify(tags.map(kept)),
      tagKeys: [...new Set(tags)].map((tag) => tagKey(journal, tag)),
    }),
  }
}
