import { setImmediate } from 'node:timers/promises'
import type { DueJournal, DueQuery, Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { type BrokenStorage, broken, givenCommits, keyOf, shownHeaders } from './broken-storage.js'

const HALF_AN_HOUR = 1_800_000

export const brokenWakes: readonly BrokenStorage[] = [
  broken('storage.wake.delay', 'is a millisecond late', (sound) =>
    givenCommits(sound, (commit) =>
      typeof commit.wakeInMs === 'number' ? { ...commit, wakeInMs: commit.wakeInMs + 1 } : commit,
    ),
  ),
  broken('storage.wake.date', 'keeps whole minutes only', (sound) =>
    givenCommits(sound, (commit) =>
      commit.wakeAt === undefined ? commit : { ...commit, wakeAt: commit.wakeAt + 60_000 },
    ),
  ),
  broken('storage.wake.cleared', 'does not take a wake-up back', (sound) =>
    givenCommits(sound, ({ wakeInMs, ...commit }) => ({
      ...commit,
      ...(wakeInMs !== undefined && wakeInMs !== null && { wakeInMs }),
    })),
  ),
  broken('storage.wake.unchanged', 'takes the wake-up back when a commit says nothing', (sound) =>
    givenCommits(sound, (commit) =>
      commit.base === 'new' ||
      commit.header !== undefined ||
      commit.wakeInMs !== undefined ||
      commit.wakeAt !== undefined
        ? commit
        : { ...commit, wakeInMs: null },
    ),
  ),
  broken('storage.wake.none', 'wakes every journal some day', (sound) =>
    givenCommits(sound, (commit) =>
      commit.base === 'new' && !commit.seal && commit.wakeInMs === undefined && commit.wakeAt === undefined
        ? { ...commit, wakeInMs: 1e12 }
        : commit,
    ),
  ),
]

export const brokenDues: readonly BrokenStorage[] = [
  handsOut('storage.due.hands-out', 'does not say where the journals stand', (handed) =>
    handed.map((journal) => ({ ...journal, head: { version: 0, commitId: '' } })),
  ),
  {
    rule: 'storage.due.not-early',
    mistake: 'hands out half an hour ahead',
    options: {
      capabilities: { survives: 'nothing', maxCommitBytes: undefined },
      create({ clock }) {
        let ahead = 0
        const sound = createMemoryStorage({ clock: { ...clock, now: () => clock.now() + ahead } })
        return {
          ...sound,
          due(query) {
            ahead = query.kinds.length === 1 && query.limit === 100 ? HALF_AN_HOUR : 0
            const handed = sound.due({ ...query, holdMs: Math.max(0, query.holdMs - ahead) })
            const late = ahead
            ahead = 0
            return handed.then((journals) => journals.map((journal) => ({ ...journal, now: journal.now - late })))
          },
        }
      },
    },
  },
  handsOut('storage.due.oldest-first', 'hands out the newest first', (handed) =>
    handed.length === 3 ? handed.toReversed() : handed,
  ),
  asks('storage.due.limit', 'hands out everything at once', (query) =>
    query.limit === 2 ? { ...query, limit: 9 } : query,
  ),
  asks('storage.due.hold', 'holds for a quarter of the time', (query) => ({ ...query, holdMs: query.holdMs / 4 })),
  broken('storage.due.comes-again', 'hands out each journal once', (sound) => {
    const handed = new Map<string, string>()
    return {
      async due(query) {
        const found = await sound.due(query)
        return found.filter(({ journal, head }) => {
          const again = handed.get(keyOf(journal)) === head.commitId
          handed.set(keyOf(journal), head.commitId)
          return !again
        })
      },
    }
  }),
  broken('storage.due.commit-counts', 'keeps a hold whatever is committed', (sound, { clock }) => {
    const heldUntil = new Map<string, number>()
    return {
      async due(query) {
        const found = await sound.due(query)
        const free = found.filter(({ journal, now }) => now >= (heldUntil.get(keyOf(journal)) ?? 0))
        for (const { journal } of free) heldUntil.set(keyOf(journal), clock.now() + query.holdMs)
        return free
      },
    }
  }),
  broken('storage.due.one-caller', 'gives callers that come at once the same answer', (sound) => {
    let answer: Promise<readonly DueJournal[]> | undefined
    return {
      async due(query) {
        answer ??= setImmediate().then(() => sound.due(query))
        const shared = answer
        const found = await shared
        if (answer === shared) answer = undefined
        return found
      },
    }
  }),
  broken('storage.due.moves-nothing-else', 'updates the journals that it hands out', (sound, { clock }) => {
    const handed = new Map<string, number>()
    return {
      async due(query) {
        const found = await sound.due(query)
        for (const { journal } of found) handed.set(keyOf(journal), clock.now())
        return found
      },
      ...shownHeaders(sound, ({ journal, updatedAt }) => ({ updatedAt: handed.get(keyOf(journal)) ?? updatedAt })),
    }
  }),
  asks('storage.due.serves-workflow', 'takes a workflow without a graph for all', (query) => ({
    ...query,
    serves:
      isSome(query.serves) && query.serves.every(({ graphHash }) => graphHash === undefined) ? 'all' : query.serves,
  })),
  asks('storage.due.serves-graph', 'does not look at the graph', (query) => ({
    ...query,
    serves:
      isSome(query.serves) && query.serves.length === 2
        ? query.serves.map(({ workflowId }) => ({ workflowId })).slice(0, 1)
        : query.serves,
  })),
  broken('storage.due.serves-changed', 'goes by the graph of the first commit', (sound) => {
    const begun = new Map<string, string>()
    return {
      async commit(commits) {
        const answers = await sound.commit(commits)
        for (const { journal, base, header } of commits) {
          if (base === 'new' && header?.graphHash !== undefined) begun.set(keyOf(journal), header.graphHash)
        }
        return answers
      },
      async due(query) {
        const { serves } = query
        if (!isSome(serves) || serves.length !== 1) return sound.due(query)
        const found = await sound.due({ ...query, serves: serves.map(({ workflowId }) => ({ workflowId })) })
        return found.filter(({ journal }) =>
          serves.some(({ graphHash }) => graphHash === undefined || graphHash === begun.get(keyOf(journal))),
        )
      },
    }
  }),
  asks('storage.due.serves-nothing', 'takes an empty list for all', (query) => ({
    ...query,
    serves: query.serves.length === 0 ? 'all' : query.serves,
  })),
  broken('storage.due.namespace', 'hands out across namespaces', (sound) => ({
    async due(query) {
      return [...(await sound.due(query)), ...(await sound.due({ ...query, namespace: 'elsewhere' }))]
    },
  })),
  asks('storage.due.kinds', 'does not look at the kind', (query) => ({
    ...query,
    kinds: ['run', 'mailbox', 'schedule'],
  })),
  handsOut('storage.due.ended', 'forgets journals that have ended', (handed) =>
    handed.filter(({ header }) => !header.sealed),
  ),
]

function isSome(serves: DueQuery['serves']): serves is Exclude<DueQuery['serves'], 'all'> {
  return serves !== 'all' && serves.length > 0
}

function asks(rule: string, mistake: string, change: (query: DueQuery) => DueQuery): BrokenStorage {
  return broken(rule, mistake, (sound: Storage) => ({ due: (query) => sound.due(change(query)) }))
}

function handsOut(
  rule: string,
  mistake: string,
  change: (handed: readonly DueJournal[]) => readonly DueJournal[],
): BrokenStorage {
  return broken(rule, mistake, (sound) => ({ due: async (query) => change(await sound.due(query)) }))
}
