import type { Header, JournalId, Slice, Storage } from '@wf/core'

/**
 * The storage as if it were another one, which is empty where nobody has used the name: so that many scenarios share
 * a database, which takes far less time than making one for each.
 */
export function inNamespace(storage: Storage, name: string): Storage {
  const inner = (journal: JournalId): JournalId => ({ ...journal, namespace: name + journal.namespace })
  const outer = (journal: JournalId): JournalId => ({ ...journal, namespace: journal.namespace.slice(name.length) })
  const shown = (header: Header): Header => ({ ...header, journal: outer(header.journal) })
  const slice = (read: Slice | undefined): Slice | undefined => read && { ...read, header: shown(read.header) }
  return {
    contract: storage.contract,
    capabilities: storage.capabilities,
    commit: (commits) => storage.commit(commits.map((commit) => ({ ...commit, journal: inner(commit.journal) }))),
    load: async (reads) =>
      (await storage.load(reads.map((read) => ({ ...read, journal: inner(read.journal) })))).map(slice),
    checkpoint: (save) => storage.checkpoint({ ...save, journal: inner(save.journal) }),
    due: async (query) =>
      (await storage.due({ ...query, namespace: name + query.namespace })).map((due) => ({
        ...due,
        journal: outer(due.journal),
        header: shown(due.header),
      })),
    renew: (beat) => storage.renew(beat),
    async list(query) {
      const page = await storage.list({ ...query, namespace: name + query.namespace })
      return { ...page, rows: page.rows.map(shown) }
    },
    delete: (query) =>
      storage.delete(
        'journal' in query ? { journal: inner(query.journal) } : { ...query, namespace: name + query.namespace },
      ),
    close: () => storage.close(),
  }
}
