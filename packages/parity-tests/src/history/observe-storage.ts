import type { Beat, Commit, Committed, JournalId, Pulse, Slice, Storage, StoredCommit } from '@wf/core'

/** What one read showed of a journal: the commits after a version, in the order in which they came. */
export interface SeenCommits {
  readonly journal: JournalId
  readonly after: number
  readonly commits: readonly StoredCommit[]
}

/** What a storage was asked and what it answered, as far as it can be wrong. */
export interface Seen {
  /** Journals in the order in which they were begun; those that were deleted stay. */
  readonly begun: JournalId[]
  readonly reads: SeenCommits[]
  /** Commits that were answered with `committed`, as their callers heard it. */
  readonly answered: { readonly journal: JournalId; readonly commitId: string; readonly version: number }[]
  /** Journals that were deleted at least once: a new one may have begun under their name. */
  readonly deleted: Set<string>
}

export interface ObservedStorage extends Storage {
  readonly seen: Seen
}

export const journalKey = ({ namespace, kind, id }: JournalId): string => JSON.stringify([namespace, kind, id])

/** A storage that remembers what it has shown to whom. It changes nothing; wrap it around everything else, faults included. */
export function observeStorage(storage: Storage): ObservedStorage {
  const seen: Seen = { begun: [], reads: [], answered: [], deleted: new Set() }
  const begun = new Set<string>()
  const written = new Set<string>()

  function noteBegun(journal: JournalId): void {
    const key = journalKey(journal)
    if (begun.has(key)) return
    begun.add(key)
    seen.begun.push(journal)
  }

  function noteCommit({ journal, base, commitId }: Commit, answer: Committed | undefined): void {
    if (!answer) return
    if (answer.status === 'committed') {
      if (base === 'new' && written.has(journalKey(journal)) && answer.head.version === 1)
        seen.deleted.add(journalKey(journal))
      written.add(journalKey(journal))
      noteBegun(journal)
      seen.answered.push({ journal, commitId, version: answer.head.version })
    }
    if ('missed' in answer && typeof base === 'object') {
      const after = ('any' in base ? base.any : base).version
      seen.reads.push({ journal, after, commits: answer.missed })
    }
  }

  function noteSlice(slice: Slice | undefined, after: number): void {
    if (!slice) return
    const { header, commits, checkpoint } = slice
    noteBegun(header.journal)
    seen.reads.push({ journal: header.journal, after: checkpoint?.head.version ?? after, commits })
  }

  return {
    contract: storage.contract,
    capabilities: storage.capabilities,
    seen,
    async commit(commits) {
      for (const { journal, base } of commits) if (base === 'new') noteBegun(journal)
      const answers = await storage.commit(commits)
      commits.forEach((commit, index) => {
        noteCommit(commit, answers[index])
      })
      return answers
    },
    async load(reads) {
      const slices = await storage.load(reads)
      slices.forEach((slice, index) => {
        noteSlice(slice, reads[index]?.after ?? 0)
      })
      return slices
    },
    async delete(query) {
      if ('journal' in query) seen.deleted.add(journalKey(query.journal))
      return storage.delete(query)
    },
    checkpoint: (save) => storage.checkpoint(save),
    due: (query) => storage.due(query),
    renew: (beat: Beat): Promise<Pulse> => storage.renew(beat),
    list: (query) => storage.list(query),
    close: () => storage.close(),
  }
}
