import type { JournalId, JournalKind, Storage, StoredCommit } from '@wf/core'
import type { ObservedStorage } from './observe-storage.js'

/** A journal that is no run, as it is stored. */
export interface KeptHistory {
  readonly journal: JournalId
  readonly commits: readonly StoredCommit[]
}

/** All journals of a kind that a storage has. */
export async function keptJournals(
  storage: Storage | ObservedStorage,
  kind: JournalKind,
  namespaces: Iterable<string>,
): Promise<readonly KeptHistory[]> {
  const found: KeptHistory[] = []
  for (const namespace of new Set(namespaces)) {
    for (let cursor: string | undefined; ; ) {
      const page = await storage.list({ namespace, kind, limit: 1_000, ...(cursor !== undefined && { cursor }) })
      for (const { journal } of page.rows) found.push({ journal, commits: await commitsOf(storage, journal) })
      cursor = page.next
      if (cursor === undefined) break
    }
  }
  return found
}

async function commitsOf(storage: Storage | ObservedStorage, journal: JournalId): Promise<readonly StoredCommit[]> {
  const commits: StoredCommit[] = []
  for (;;) {
    const [slice] = await storage.load([{ journal, after: commits.at(-1)?.version ?? 0 }])
    commits.push(...(slice?.commits ?? []))
    if (!slice?.more) return commits
  }
}
