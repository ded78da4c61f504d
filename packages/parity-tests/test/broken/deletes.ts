import type { Checkpoint, DeleteQuery, Header, ListQuery } from '@wf/core'
import { type BrokenStorage, broken, keyOf, shownSlices, toldAnswers } from './broken-storage.js'

type Sweep = Exclude<DeleteQuery, { journal: unknown }>

const isOf =
  ({ namespace }: ListQuery) =>
  ({ journal }: Header): boolean =>
    journal.namespace === namespace

export const brokenDeletes: readonly BrokenStorage[] = [
  broken('storage.delete.by-id', 'keeps deleted journals in lists', (sound) => {
    const deleted: Header[] = []
    return {
      async delete(query) {
        const slices = 'journal' in query ? await sound.load([{ journal: query.journal }]) : []
        const count = await sound.delete(query)
        if (count > 0) deleted.push(...slices.flatMap((slice) => slice?.header ?? []))
        return count
      },
      async list(query) {
        const page = await sound.list(query)
        return query.cursor === undefined ? { ...page, rows: [...page.rows, ...deleted.filter(isOf(query))] } : page
      },
    }
  }),
  broken('storage.delete.ended-only', 'deletes also what has not ended', (sound) => ({
    async delete(query) {
      const [slice] = 'journal' in query ? await sound.load([{ journal: query.journal }]) : []
      if (slice?.header.sealed === false) {
        const { journal, head } = slice.header
        await sound.commit([{ journal, commitId: 'end', base: head, entries: [], seal: true }])
      }
      return sound.delete(query)
    },
  })),
  broken('storage.delete.unknown', 'says that it has deleted what was never there', (sound) => {
    const known = new Set<string>()
    return {
      ...toldAnswers(sound, (answer, { journal }) => {
        known.add(keyOf(journal))
        return answer
      }),
      async delete(query) {
        const count = await sound.delete(query)
        return 'journal' in query && !known.has(keyOf(query.journal)) ? 1 : count
      },
    }
  }),
  broken('storage.delete.later-gone', 'takes a deleted journal for a forked one', (sound) => {
    const deleted = new Set<string>()
    return {
      async delete(query) {
        if ('journal' in query) deleted.add(keyOf(query.journal))
        return sound.delete(query)
      },
      ...toldAnswers(sound, (answer, { journal }) =>
        answer.status === 'gone' && deleted.has(keyOf(journal)) ? { status: 'diverged' } : answer,
      ),
    }
  }),
  broken('storage.delete.new-again', 'keeps the checkpoints of deleted journals', (sound) => {
    const saved = new Map<string, Checkpoint>()
    const deleted = new Set<string>()
    return {
      async checkpoint(save) {
        await sound.checkpoint(save)
        saved.set(keyOf(save.journal), save)
      },
      async delete(query) {
        if ('journal' in query) deleted.add(keyOf(query.journal))
        return sound.delete(query)
      },
      ...shownSlices(sound, (slice, { journal, fromCheckpoint }) => {
        const checkpoint = saved.get(keyOf(journal))
        const kept = fromCheckpoint === true && deleted.has(keyOf(journal)) && checkpoint !== undefined
        return kept ? { ...slice, checkpoint: { head: checkpoint.head, state: checkpoint.state } } : slice
      }),
    }
  }),
  broken('storage.delete.sweeps-settled-only', 'sweeps also what waits for its callbacks', (sound) => ({
    async delete(query) {
      if ('journal' in query) return sound.delete(query)
      const { rows } = await sound.list({ namespace: query.namespace, kind: query.kind, limit: 100 })
      const waiting = rows.filter(
        ({ sealed, wakeAt, updatedAt }) => sealed && wakeAt !== null && updatedAt < query.endedBefore,
      )
      let count = await sound.delete(query)
      for (const { journal } of waiting) count += await sound.delete({ journal })
      return count
    },
  })),
  sweeps('storage.delete.since', 'sweeps everything that has ended', (query) => ({
    ...query,
    endedBefore: Number.MAX_SAFE_INTEGER,
  })),
  broken('storage.delete.sweeps-ended-only', 'sweeps also what has not ended', (sound) => {
    const swept = new Set<string>()
    return {
      async delete(query) {
        if ('journal' in query) return sound.delete(query)
        const { namespace, kind, endedBefore } = query
        const { rows } = await sound.list({ namespace, kind, limit: 100 })
        const open = rows.filter(({ sealed, updatedAt }) => !sealed && updatedAt < endedBefore)
        for (const { journal } of open) swept.add(keyOf(journal))
        return (await sound.delete(query)) + open.length
      },
      ...shownSlices(sound, (slice, { journal }) => (swept.has(keyOf(journal)) ? undefined : slice)),
    }
  }),
  sweeps('storage.delete.limit', 'sweeps without an end', (query) => ({
    ...query,
    limit: query.limit === 2 ? 100 : query.limit,
  })),
  sweeps('storage.delete.by-workflow', 'does not look at the workflow', ({ workflowId: _, ...query }) => query),
  sweeps('storage.delete.by-status', 'does not look at the status', ({ status: _, ...query }) => query),
  broken('storage.delete.own-shelf', 'sweeps across kinds', (sound) => ({
    async delete(query) {
      if ('journal' in query) return sound.delete(query)
      return (await sound.delete(query)) + (await sound.delete({ ...query, kind: 'mailbox' }))
    },
  })),
]

function sweeps(rule: string, mistake: string, change: (query: Sweep) => Sweep): BrokenStorage {
  return broken(rule, mistake, (sound) => ({
    delete: (query) => sound.delete('journal' in query ? query : change(query)),
  }))
}
