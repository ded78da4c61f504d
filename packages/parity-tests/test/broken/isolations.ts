import type { Commit, JournalId, Storage, StoredValue } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import type { VirtualClock } from '../../src/index.js'
import {
  type BrokenStorage,
  broken,
  givenCommits,
  keyOf,
  MEMORY,
  shownEntries,
  shownHeaders,
  shownSlices,
} from './broken-storage.js'

const opened = new WeakMap<VirtualClock, Storage>()

export const brokenIsolations: readonly BrokenStorage[] = [
  {
    rule: 'storage.isolation.creations',
    mistake: 'keeps its data in the module',
    options: {
      capabilities: MEMORY,
      create({ clock }) {
        const shared = opened.get(clock)
        if (shared !== undefined) return shared
        const storage = createMemoryStorage({ clock })
        const close = () => {
          opened.delete(clock)
          return storage.close()
        }
        opened.set(clock, { ...storage, close })
        return { ...storage, close }
      },
    },
  },
  renamed('storage.isolation.namespaces', 'does not tell capitals in namespaces', (journal) => ({
    ...journal,
    namespace: journal.namespace.toLowerCase(),
  })),
  broken('storage.isolation.random-calls', 'takes namespaces for patterns when it sweeps', (sound) => ({
    async due(query) {
      const due = await sound.due(query)
      // What `like` would match as well.
      return query.namespace === 'a_c' ? [...due, ...(await sound.due({ ...query, namespace: 'abc' }))] : due
    },
  })),
  renamed('storage.isolation.kinds', 'keeps schedules among the mailboxes', (journal) => ({
    ...journal,
    kind: journal.kind === 'schedule' ? 'mailbox' : journal.kind,
  })),
  broken('storage.isolation.given-bytes', 'keeps the bytes that it was given, not a copy', (sound) => {
    const given = new Map<string, StoredValue>()
    const placeOf = (journal: JournalId, fact: string) => `${keyOf(journal)} ${fact}`
    return {
      commit(commits) {
        for (const { journal, entries } of commits) {
          for (const { fact, value } of Array.isArray(entries) ? entries : []) {
            if (value instanceof Uint8Array && value.length === 3) given.set(placeOf(journal, fact), value)
          }
        }
        return sound.commit(commits)
      },
      ...shownSlices(sound, (slice) => {
        const own = (fact: string) => {
          const value = given.get(placeOf(slice.header.journal, fact))
          return value instanceof Uint8Array ? new Uint8Array(value) : undefined
        }
        return {
          ...slice,
          commits: slice.commits.map((commit) => ({
            ...commit,
            entries: commit.entries.map((entry) => {
              const value = entry.value === undefined ? undefined : own(entry.fact)
              return value === undefined ? entry : { ...entry, value }
            }),
          })),
          picked: slice.picked.map((picked) => ({ ...picked, value: own('f') ?? picked.value })),
        }
      }),
    }
  }),
  broken('storage.isolation.given-lists', 'keeps the list of tags that it was given', (sound) => {
    const given = new Map<string, readonly string[]>()
    return {
      commit(commits) {
        for (const { journal, header, base } of commits) {
          if (base === 'new' && Array.isArray(header?.tags)) given.set(keyOf(journal), header.tags)
        }
        return sound.commit(commits)
      },
      ...shownHeaders(sound, ({ journal, tags, head }) => ({
        tags: head.version === 1 ? [...(given.get(keyOf(journal)) ?? tags)] : tags,
      })),
    }
  }),
  broken('storage.isolation.handed-bytes', 'hands out the bytes that it keeps', (sound) => {
    const kept = new Map<string, Uint8Array>()
    return shownEntries(sound, (entry, { commitId }) => {
      const { value } = entry
      if (!(value instanceof Uint8Array)) return entry
      const place = `${commitId} ${entry.fact}`
      const own = kept.get(place) ?? value
      kept.set(place, own)
      return { ...entry, value: own }
    })
  }),
  broken('storage.isolation.handed-objects', 'hands out the tags that it keeps', (sound) => {
    const kept = new Map<string, readonly string[]>()
    return shownHeaders(sound, ({ journal, head, tags }) => {
      const place = `${keyOf(journal)} ${head.commitId}`
      const own = kept.get(place) ?? [...tags]
      kept.set(place, own)
      return { tags: own }
    })
  }),
  broken('storage.isolation.checkpoints', 'keeps the state that it was given', (sound) => {
    const given = new Map<string, StoredValue>()
    return {
      checkpoint(save) {
        if (save.state instanceof Uint8Array) given.set(keyOf(save.journal), save.state)
        return sound.checkpoint(save)
      },
      ...shownSlices(sound, (slice) => {
        const state = given.get(keyOf(slice.header.journal))
        return slice.checkpoint === undefined || state === undefined
          ? slice
          : { ...slice, checkpoint: { ...slice.checkpoint, state } }
      }),
    }
  }),
]

/** Writes to and reads from a journal of another name, and shows the name that was asked for. */
export function renamed(rule: string, mistake: string, rename: (journal: JournalId) => JournalId): BrokenStorage {
  return broken(rule, mistake, (sound) => ({
    ...givenCommits(sound, (commit: Commit) => ({ ...commit, journal: rename(commit.journal) })),
    async load(reads) {
      const slices = await sound.load(reads.map((read) => ({ ...read, journal: rename(read.journal) })))
      return slices.map((slice, index) => {
        const journal = reads[index]?.journal ?? slice?.header.journal
        return slice === undefined || journal === undefined ? slice : { ...slice, header: { ...slice.header, journal } }
      })
    },
  }))
}
