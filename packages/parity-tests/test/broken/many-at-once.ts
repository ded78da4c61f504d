import { setImmediate } from 'node:timers/promises'
import type { Committed } from '@wf/core'
import { type BrokenStorage, broken, givenCommits, keyOf, shownSlices, toldAnswers } from './broken-storage.js'

/** As many as one request to the server takes. */
const BATCH = 100

export const brokenByMany: readonly BrokenStorage[] = [
  broken('storage.commit.many', 'fails where there are more commits than its server takes at once', (sound) => ({
    async commit(commits) {
      if (commits.length > BATCH) throw new Error(`${commits.length} are too many`)
      return sound.commit(commits)
    },
  })),
  broken('storage.load.many', 'reads as many journals as its server reads at once', (sound) => ({
    load: (reads) => sound.load(reads.slice(0, BATCH)),
  })),
  broken('storage.session.many', 'asks for as many sessions as its server reads at once', (sound) => ({
    renew: (beat) => sound.renew({ ...beat, ask: beat.ask.slice(0, BATCH) }),
  })),
  broken('storage.entries.many', 'writes as many entries as its server takes at once', (sound) =>
    givenCommits(sound, (commit) =>
      Array.isArray(commit.entries) ? { ...commit, entries: commit.entries.slice(0, BATCH) } : commit,
    ),
  ),
  broken('storage.base.all-missed', 'tells one page of what was missed', (sound) =>
    toldAnswers(sound, (answer) =>
      'missed' in answer ? { ...answer, missed: answer.missed.slice(0, BATCH) } : answer,
    ),
  ),
  broken('storage.load.whole', 'reads one page, and does not know of more', (sound) =>
    shownSlices(sound, (slice) => ({ ...slice, commits: slice.commits.slice(0, BATCH) })),
  ),
  broken('storage.commit.opposite-orders', 'locks one journal after the other, in the order of the call', (sound) => {
    const locked = new Set<string>()
    const lock = async (key: string): Promise<void> => {
      for (let looks = 0; locked.has(key); looks += 1) {
        if (looks > 200) throw new Error('deadlock detected')
        await setImmediate()
      }
      locked.add(key)
    }
    return {
      async commit(commits) {
        const keys = [...new Set(commits.map(({ journal }) => keyOf(journal)))]
        const mine: string[] = []
        try {
          for (const key of keys.length > 1 ? keys : []) {
            await lock(key)
            mine.push(key)
            await setImmediate()
          }
          return await sound.commit(commits)
        } finally {
          for (const key of mine) locked.delete(key)
        }
      },
    }
  }),
  broken('storage.repeat.own-journal', 'looks for a commit id in all journals', (sound) => {
    const known = new Map<string, { readonly key: string; readonly answer: Committed }>()
    return {
      async commit(commits) {
        const answers = await sound.commit(commits)
        return answers.map((answer, index) => {
          const { commitId = '', journal } = commits[index] ?? {}
          const key = journal === undefined ? '' : keyOf(journal)
          const earlier = known.get(commitId)
          if (answer.status === 'committed' && earlier === undefined) known.set(commitId, { key, answer })
          return earlier !== undefined && earlier.key !== key ? { status: 'diverged' } : answer
        })
      },
    }
  }),
]
