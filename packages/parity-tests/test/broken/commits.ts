import { setImmediate } from 'node:timers/promises'
import type { Commit, Committed } from '@wf/core'
import {
  type BrokenStorage,
  broken,
  decidedCommits,
  givenCommits,
  isAny,
  isBased,
  keyOf,
  namedHead,
  shownHeaders,
  toldAnswers,
} from './broken-storage.js'

export const brokenCommits: readonly BrokenStorage[] = [
  broken('storage.commit.new-creates', 'says that a first commit missed itself', (sound) =>
    toldAnswers(sound, (answer, commit) => (commit.base === 'new' ? missesItself(answer) : answer)),
  ),
  broken('storage.commit.new-exists', 'does not say where the journal stands', (sound) =>
    toldAnswers(sound, (answer) =>
      answer.status === 'exists' ? { ...answer, head: { version: 0, commitId: '' } } : answer,
    ),
  ),
  broken('storage.commit.based-lands', 'says that a based commit missed itself', (sound) =>
    toldAnswers(sound, (answer, commit) =>
      isBased(commit) && namedHead(commit)?.version ? missesItself(answer) : answer,
    ),
  ),
  broken('storage.commit.refused-changes-nothing', 'writes the header before it looks at the base', (sound) => {
    const written = new Map<string, object>()
    return {
      ...toldAnswers(sound, (answer, { journal, header }) => {
        if (answer.status === 'stale' && header !== undefined) written.set(keyOf(journal), header)
        return answer
      }),
      ...shownHeaders(sound, ({ journal }) => written.get(keyOf(journal)) ?? {}),
    }
  }),
  broken('storage.commit.no-entries', 'forgets what a commit without entries says about the header', (sound) =>
    givenCommits(sound, ({ header, ...commit }) => ({
      ...commit,
      ...(header !== undefined && (commit.base === 'new' || commit.entries.length > 0) && { header }),
    })),
  ),
  broken('storage.commit.answers-in-order', 'sorts large calls by id', (sound) => ({
    commit: (commits) =>
      sound.commit(
        commits.length === 8
          ? [...commits].sort((one, other) => (one.journal.id < other.journal.id ? -1 : 1))
          : commits,
      ),
  })),
  broken('storage.commit.same-journal-in-order', 'begins with the last commit of a journal', (sound) => ({
    async commit(commits) {
      const [first] = commits
      const oneJournal = commits.every(({ journal }) => first !== undefined && keyOf(journal) === keyOf(first.journal))
      if (!oneJournal || commits.length > 3) return sound.commit(commits)
      return (await sound.commit([...commits].reverse())).toReversed()
    },
  })),
  broken('storage.commit.independent', 'stops at the first commit that does not land', (sound) => ({
    async commit(commits) {
      if (commits.length < 3) return sound.commit(commits)
      const answers: Committed[] = []
      for (const commit of commits) {
        const stopped = answers.some(({ status }) => status !== 'committed')
        answers.push(...(stopped ? [{ status: 'diverged' } as const] : await sound.commit([commit])))
      }
      return answers
    },
  })),
  broken('storage.commit.one-winner-new', 'looks first whether the journal exists, and creates it later', (sound) => ({
    async commit(commits) {
      const found = await sound.load(commits.map(({ journal }) => ({ journal })))
      await setImmediate()
      return sound.commit(
        commits.map((commit, index) =>
          commit.base === 'new' && found[index] === undefined && commit.header !== undefined
            ? { ...commit, base: { any: { version: 0, commitId: '' } } }
            : commit,
        ),
      )
    },
  })),
  broken('storage.commit.one-winner-based', 'compares the head first, and writes later', (sound) =>
    decidedCommits(sound, (commit, found) => {
      const given = namedHead(commit)
      const lands = found?.header.head.commitId === given?.commitId && found?.header.sealed === false
      return isBased(commit) && given !== undefined && lands ? { ...commit, base: { any: given } } : commit
    }),
  ),
  broken('storage.commit.all-any-land', 'bases what is based on nothing on the head that it saw', (sound) => {
    const { commit: decide } = decidedCommits(sound, (commit, found) => {
      const given = namedHead(commit)
      const lands = found?.header.head.commitId === given?.commitId && found?.header.sealed === false
      return isAny(commit) && given !== undefined && lands ? { ...commit, base: given } : commit
    })
    return { commit: (commits) => (commits.length === 1 ? decide(commits) : sound.commit(commits)) }
  }),
  broken('storage.commit.concurrent-journals', 'mixes up what many callers send at once', (sound) => {
    let last: Commit | undefined
    let inFlight = 0
    return {
      async commit(commits) {
        inFlight += 1
        const { entries } = last ?? {}
        last = commits[0]
        const mixed = commits.map((commit) => (inFlight > 30 && entries ? { ...commit, entries } : commit))
        try {
          await setImmediate()
          return await sound.commit(mixed)
        } finally {
          inFlight -= 1
        }
      },
    }
  }),
  broken('storage.commit.malformed-refused', 'takes the date when both kinds of wake-up are given', (sound) =>
    givenCommits(sound, ({ wakeInMs, ...commit }) => ({
      ...commit,
      ...(wakeInMs !== undefined && commit.wakeAt === undefined && { wakeInMs }),
    })),
  ),
  broken('storage.commit.malformed-writes-nothing', 'finds out what is malformed while it writes', (sound) => ({
    async commit(commits) {
      const answers: Committed[] = []
      for (const commit of commits) answers.push(...(await sound.commit([commit])))
      return answers
    },
  })),
]

function missesItself(answer: Committed): Committed {
  if (answer.status !== 'committed') return answer
  return { ...answer, missed: [{ ...answer.head, at: answer.at, entries: [] }] }
}
