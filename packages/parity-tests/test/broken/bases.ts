import type { Committed, HeaderFields } from '@wf/core'
import {
  type BrokenStorage,
  broken,
  decidedCommits,
  givenCommits,
  isAny,
  isBased,
  keyOf,
  namedHead,
  toldAnswers,
} from './broken-storage.js'

const EMPTY: HeaderFields = {
  status: '',
  workflowId: '',
  graphHash: '',
  workflowVersion: '',
  resourceId: null,
  tags: [],
}

export const brokenBases: readonly BrokenStorage[] = [
  broken('storage.base.stale-reports-missed', 'reports at most two commits as missed', (sound) =>
    toldAnswers(sound, (answer) =>
      answer.status === 'stale' && answer.missed.length < 10
        ? { ...answer, missed: answer.missed.slice(0, 2) }
        : answer,
    ),
  ),
  broken('storage.base.stale-writes-nothing', 'writes what is two commits late', (sound) =>
    toldAnswers(sound, async (answer, commit) => {
      const late = answer.status === 'stale' && answer.missed.length === 2 && namedHead(commit)?.version !== 0
      if (late) await sound.commit([{ ...commit, base: { any: answer.head } }])
      return answer
    }),
  ),
  broken('storage.base.commit-id-counts', 'compares versions only', (sound) =>
    decidedCommits(sound, (commit, found) => {
      const head = found?.header.head
      const given = namedHead(commit)
      // Ids that make no sense, or that differ in spaces only, belong to other rules.
      const foreign = given !== undefined && given.commitId !== '' && given.commitId !== head?.commitId.trim()
      return isBased(commit) && foreign && head?.version === given.version ? { ...commit, base: head } : commit
    }),
  ),
  broken('storage.base.foreign-older', 'takes any older version for its own', (sound) =>
    toldAnswers(sound, async (answer, commit) => {
      const [slice] = await sound.load([{ journal: commit.journal }])
      const given = namedHead(commit)
      if (answer.status !== 'diverged' || isAny(commit) || slice === undefined || given === undefined) return answer
      const { head } = slice.header
      return given.version < head.version
        ? { status: 'stale', head, missed: slice.commits.slice(given.version) }
        : answer
    }),
  ),
  broken('storage.base.ahead', 'takes a lost history for a newer one', (sound) =>
    toldAnswers(sound, async (answer, commit) => {
      const [slice] = await sound.load([{ journal: commit.journal }])
      const given = namedHead(commit)
      if (answer.status !== 'diverged' || slice === undefined || given === undefined) return answer
      const { head } = slice.header
      return given.version > head.version ? { status: 'stale', head, missed: [] } : answer
    }),
  ),
  broken('storage.base.any-foreign', 'does not look at the head that a commit based on nothing names', (sound) =>
    toldAnswers(sound, async (answer, commit) => {
      const [slice] = await sound.load([{ journal: commit.journal }])
      const beyond = (namedHead(commit)?.version ?? 0) > (slice?.header.head.version ?? 0)
      if (answer.status !== 'diverged' || !isAny(commit) || beyond || slice === undefined) return answer
      const [landed] = await sound.commit([{ ...commit, base: { any: slice.header.head } }])
      return landed ?? answer
    }),
  ),
  broken('storage.base.gone', 'takes a journal that never was for one of another history', (sound) => {
    const known = new Set<string>()
    return toldAnswers(sound, (answer, { journal }) => {
      if (answer.status === 'committed') known.add(keyOf(journal))
      return answer.status === 'gone' && !known.has(keyOf(journal)) ? { status: 'diverged' } : answer
    })
  }),
  broken('storage.base.any-lands-last', 'reports what was missed without its first commit', (sound) =>
    toldAnswers(sound, (answer, commit) => {
      const incomplete = isAny(commit) && namedHead(commit)?.version !== 0
      if (answer.status !== 'committed' || !incomplete || answer.missed.length !== 2) return answer
      return { ...answer, missed: answer.missed.slice(1) }
    }),
  ),
  broken('storage.base.any-origin-creates', "creates journals for 'new' only", (sound) => ({
    async commit(commits) {
      const found = await sound.load(commits.map(({ journal }) => ({ journal })))
      const absent = commits.some(
        (commit, index) =>
          isAny(commit) && namedHead(commit)?.version === 0 && commit.header?.tags && found[index] === undefined,
      )
      return absent ? commits.map((): Committed => ({ status: 'gone' })) : sound.commit(commits)
    },
  })),
  broken('storage.base.any-origin-needs-header', 'invents what a first commit based on nothing leaves out', (sound) =>
    decidedCommits(sound, (commit, found) =>
      isAny(commit) && found === undefined ? { ...commit, header: { ...EMPTY, ...commit.header } } : commit,
    ),
  ),
  broken('storage.base.any-origin-joins', "takes the origin for 'new'", (sound) =>
    decidedCommits(sound, (commit, found) =>
      isAny(commit) && namedHead(commit)?.version === 0 && found !== undefined
        ? { ...commit, base: 'new', header: found.header }
        : commit,
    ),
  ),
  broken('storage.base.origin', 'bases nothing on the origin', (sound) =>
    toldAnswers(sound, (answer, commit) =>
      isBased(commit) && namedHead(commit)?.version === 0 ? { status: 'gone' } : answer,
    ),
  ),
  broken('storage.base.new-needs-header', "invents what a commit based on 'new' leaves out", (sound) =>
    givenCommits(sound, (commit) =>
      commit.base === 'new' ? { ...commit, header: { ...EMPTY, ...commit.header } } : commit,
    ),
  ),
]
