import type { JournalId, Storage } from '@wf/core'
import { type BrokenStorage, broken } from './broken-storage.js'

const ALL = 1_000

export const brokenLimits: readonly BrokenStorage[] = [
  broken('storage.load.limit-none', 'takes a limit of 0 for none', (sound) => ({
    load: (reads) => sound.load(reads.map(({ limit, ...read }) => ({ ...read, ...(limit && { limit }) }))),
  })),
  broken('storage.list.limit-none', 'lists everything with a limit of 0', (sound) => ({
    list: (query) => sound.list({ ...query, limit: query.limit || ALL }),
  })),
  broken('storage.due.limit-none', 'hands out everything with a limit of 0', (sound) => ({
    due: (query) => sound.due({ ...query, limit: query.limit || ALL }),
  })),
  broken('storage.delete.limit-none', 'deletes everything with a limit of 0', (sound) => ({
    delete: (query) => sound.delete('journal' in query ? query : { ...query, limit: query.limit || ALL }),
  })),
  broken('storage.list.limit-of-matching', 'looks for a status in the rows of a page', (sound) => ({
    async list({ status, ...query }) {
      if (status === undefined) return sound.list(query)
      const { rows, next } = await sound.list(query)
      const { total } = await sound.list({ ...query, status })
      return {
        rows: rows.filter((row) => status.includes(row.status)),
        ...(next !== undefined && { next }),
        ...(total !== undefined && { total }),
      }
    },
  })),
  broken('storage.due.limit-of-served', 'looks among what is due first for what the caller serves', (sound) => ({
    async due(query) {
      if (query.serves === 'all') return sound.due(query)
      const [kind = 'run'] = query.kinds
      const first = (await waiting(sound, query.namespace, kind)).slice(0, query.limit)
      const handed = await sound.due(query)
      return handed.filter(({ journal }) => first.includes(journal.id))
    },
  })),
  broken('storage.delete.limit-of-matching', 'looks among what has ended for what it may delete', (sound) => ({
    async delete(query) {
      if ('journal' in query || query.status === undefined) return sound.delete(query)
      const { namespace, kind, status, endedBefore, limit } = query
      const { rows } = await sound.list({ namespace, kind, limit: ALL })
      let count = 0
      for (const row of rows.filter(({ sealed }) => sealed).slice(0, limit)) {
        if (!status.includes(row.status) || row.wakeAt !== null || row.updatedAt >= endedBefore) continue
        count += await sound.delete({ journal: row.journal })
      }
      return count
    },
  })),
]

/** Ids of all that waits for its time, the earliest first. */
async function waiting(sound: Storage, namespace: string, kind: JournalId['kind']): Promise<string[]> {
  const { rows } = await sound.list({ namespace, kind, limit: ALL })
  const timed = rows.filter(({ wakeAt }) => wakeAt !== null)
  return timed.sort((one, other) => (one.wakeAt ?? 0) - (other.wakeAt ?? 0)).map(({ journal }) => journal.id)
}
